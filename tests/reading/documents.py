"""The display formulas of five published pages, transcribed as mathematics, and what each side is read as."""
# ruff: noqa: E501, RUF001

from __future__ import annotations

GIVEN: dict[str, tuple[str, ...]] = {
    "000": (),
    "002": (),
    "004": (),
    "001": (
        r"\mathbf{w} \in \mathbb{R}^d",
        r"\mathbf{x}_i \in \mathbb{R}^d, i = 1..N",
        r"y_i \in \mathbb{R}, i = 1..N",
        r"\sigma(z) := \frac{1}{1+e^{-z}}",
    ),
    "003": (),
}
DISPLAYS: list[tuple[str, str, tuple[str, ...]]] = [
    ("000", r"Q(y_i | x_i; \theta).", (r"Q(y[i], x[i], \theta)",)),
    (
        "000",
        r"\mathcal{L}(\theta) = \prod_{i=1}^N Q(y_i | x_i; \theta).",
        (
            r"\mathcal{L}(\theta)",
            r"Product(Q(y[i], x[i], \theta), (i, 1, N))",
        ),
    ),
    (
        "000",
        r"\theta^* = \arg\max_{\theta} \mathcal{L}(\theta).",
        (
            r"\theta^*",
            r"Extremum(\mathcal{L}(\theta), (\theta,), argmax)",
        ),
    ),
    (
        "000",
        r"\log \mathcal{L}(\theta) = \sum_{i=1}^N \log Q(y_i | x_i; \theta).",
        (
            r"log(\mathcal{L}(\theta))",
            r"Sum(log(Q(y[i], x[i], \theta)), (i, 1, N))",
        ),
    ),
    (
        "000",
        r"\text{NLL} = -\sum_{i=1}^N \log Q(y_i | x_i; \theta).",
        (
            r"NLL",
            r"-Sum(log(Q(y[i], x[i], \theta)), (i, 1, N))",
        ),
    ),
    (
        "000",
        r"Q(y=k | x; \theta) = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}, \quad z_k = \text{模型输出的 logits}.",
        (
            r"Q(k, x, \theta)",
            r"exp(z[k])/Sum(exp(z[j]), (j, 1, K))",
            r"z[k]",
            r"! only words, or nothing, stand on this side",
        ),
    ),
    (
        "000",
        r"\mathcal{L}(\theta) = \prod_{i=1}^N \prod_{k=1}^K Q(k | x_i; \theta)^{y_{i,k}},",
        (
            r"\mathcal{L}(\theta)",
            r"Product(Q(k, x[i], \theta)**y[i, k], (k, 1, K), (i, 1, N))",
        ),
    ),
    (
        "000",
        r"\text{NLL} = -\sum_{i=1}^N \sum_{k=1}^K y_{i,k} \log Q(k | x_i; \theta).",
        (
            r"NLL",
            r"-Sum(log(Q(k, x[i], \theta))*y[i, k], (k, 1, K), (i, 1, N))",
        ),
    ),
    (
        "000",
        r"Q(y=1 | x; \theta) = \sigma(z) = \frac{1}{1 + e^{-z}}, \quad z = \text{模型输出的 logit}.",
        (
            r"Q(1, x, \theta)",
            r"\sigma(z)",
            r"1/(1 + exp(-z))",
            r"z",
            r"! only words, or nothing, stand on this side",
        ),
    ),
    (
        "000",
        r"\mathcal{L}(\theta) = \prod_{i=1}^N Q(y=1 | x_i; \theta)^{y_i} \cdot \left(1 - Q(y=1 | x_i; \theta)\right)^{1 - y_i}.",
        (
            r"\mathcal{L}(\theta)",
            r"Product((1 - Q(1, x[i], \theta))**(1 - y[i])*Q(1, x[i], \theta)**y[i], (i, 1, N))",
        ),
    ),
    (
        "000",
        r"\text{NLL} = -\sum_{i=1}^N \left[ y_i \log Q(y=1 | x_i; \theta) + (1 - y_i) \log \left(1 - Q(y=1 | x_i; \theta)\right) \right].",
        (
            r"NLL",
            r"-Sum((1 - y[i])*log(1 - Q(1, x[i], \theta)) + log(Q(1, x[i], \theta))*y[i], (i, 1, N))",
        ),
    ),
    (
        "001",
        r"y = \mathbf{w}^T \mathbf{x} + \epsilon, \quad \epsilon \sim \mathcal{N}(0, \sigma^2)",
        (
            r"y",
            r"\epsilon + Dot(Vector(\mathbf{w}, d), Vector(\mathbf{x}, d))",
            r"\epsilon",
            r"\mathcal{N}(0, \sigma**2)",
        ),
    ),
    (
        "001",
        r"p(y | \mathbf{x}; \mathbf{w}) = \frac{1}{\sqrt{2\pi\sigma^2}} \exp\left( -\frac{(y - \mathbf{w}^T \mathbf{x})^2}{2\sigma^2} \right)",
        (
            r"p(y, Vector(\mathbf{x}, d), Vector(\mathbf{w}, d))",
            r"sqrt(2)*exp(-(y - Dot(Vector(\mathbf{w}, d), Vector(\mathbf{x}, d)))**2/(2*\sigma**2))/(2*sqrt(pi)*Abs(\sigma))",
        ),
    ),
    (
        "001",
        r"L(\mathbf{w}) = \prod_{i=1}^N p(y_i | \mathbf{x}_i; \mathbf{w})",
        (
            r"L(Vector(\mathbf{w}, d))",
            r"Product(p(y[i], VectorAt(\mathbf{x}, i, d), Vector(\mathbf{w}, d)), (i, 1, N))",
        ),
    ),
    (
        "001",
        r"\ln L(\mathbf{w}) = -\frac{N}{2} \ln(2\pi\sigma^2) - \frac{1}{2\sigma^2} \sum_{i=1}^N (y_i - \mathbf{w}^T \mathbf{x}_i)^2",
        (
            r"log(L(Vector(\mathbf{w}, d)))",
            r"-N*log(2*pi*\sigma**2)/2 - Sum((-Dot(Vector(\mathbf{w}, d), VectorAt(\mathbf{x}, i, d)) + y[i])**2, (i, 1, N))/(2*\sigma**2)",
        ),
    ),
    (
        "001",
        r"\min_{\mathbf{w}} \sum_{i=1}^N (y_i - \mathbf{w}^T \mathbf{x}_i)^2",
        (
            r"Extremum(Sum((-Dot(Vector(\mathbf{w}, d), VectorAt(\mathbf{x}, i, d)) + y[i])**2, (i, 1, N)), (Vector(\mathbf{w}, d),), min)",
        ),
    ),
    (
        "001",
        r"p(y | \mathbf{x}; \mathbf{w}) = \hat{y}^y (1 - \hat{y})^{1-y}, \quad \hat{y} = \sigma(\mathbf{w}^T \mathbf{x}) = \frac{1}{1 + e^{-\mathbf{w}^T \mathbf{x}}}",
        (
            r"p(y, Vector(\mathbf{x}, d), Vector(\mathbf{w}, d))",
            r"\hat{y}**y*(1 - \hat{y})**(1 - y)",
            r"\hat{y}",
            r"\sigma(Dot(Vector(\mathbf{w}, d), Vector(\mathbf{x}, d)))",
            r"1/(1 + exp(-Dot(Vector(\mathbf{w}, d), Vector(\mathbf{x}, d))))",
        ),
    ),
    (
        "001",
        r"L(\mathbf{w}) = \prod_{i=1}^N \hat{y}_i^{y_i} (1 - \hat{y}_i)^{1-y_i}",
        (
            r"L(Vector(\mathbf{w}, d))",
            r"Product((1 - \hat{y}[i])**(1 - y[i])*\hat{y}[i]**y[i], (i, 1, N))",
        ),
    ),
    (
        "001",
        r"\ln L(\mathbf{w}) = \sum_{i=1}^N \left[ y_i \ln \hat{y}_i + (1-y_i) \ln (1 - \hat{y}_i) \right]",
        (
            r"log(L(Vector(\mathbf{w}, d)))",
            r"Sum((1 - y[i])*log(1 - \hat{y}[i]) + log(\hat{y}[i])*y[i], (i, 1, N))",
        ),
    ),
    (
        "001",
        r"\min_{\mathbf{w}} -\sum_{i=1}^N \left[ y_i \ln \hat{y}_i + (1-y_i) \ln (1 - \hat{y}_i) \right]",
        (
            r"Extremum(-Sum((1 - y[i])*log(1 - \hat{y}[i]) + log(\hat{y}[i])*y[i], (i, 1, N)), (Vector(\mathbf{w}, d),), min)",
        ),
    ),
    (
        "001",
        r"\mathcal{L}(\mathbf{w}) = -\ln L(\mathbf{w})",
        (
            r"\mathcal{L}(Vector(\mathbf{w}, d))",
            r"-log(L(Vector(\mathbf{w}, d)))",
        ),
    ),
    (
        "002",
        r"L(p) = \binom{10}{8} \cdot p^8 \cdot (1-p)^2",
        (
            r"L(p)",
            r"p**8*(1 - p)**2*binomial(10, 8)",
        ),
    ),
    (
        "002",
        r"\log L(p) = \log\binom{10}{8} + 8\log p + 2\log(1-p)",
        (
            r"log(L(p))",
            r"8*log(p) + 2*log(1 - p) + log(binomial(10, 8))",
        ),
    ),
    (
        "002",
        r"\frac{d\log L(p)}{dp} = \frac{8}{p} - \frac{2}{1-p} = 0",
        (
            r"Partial(log(L(p)), p, 1)",
            r"-2/(1 - p) + 8/p",
            r"0",
        ),
    ),
    (
        "002",
        r"L(\theta) = \prod_{i=1}^{10} \hat{y}_i(\theta)",
        (
            r"L(\theta)",
            r"Product(\hat{y}_i(\theta), (i, 1, 10))",
        ),
    ),
    (
        "002",
        r"\log L(\theta) = \sum_{i=1}^{10} \log \hat{y}_i(\theta)",
        (
            r"log(L(\theta))",
            r"Sum(log(\hat{y}_i(\theta)), (i, 1, 10))",
        ),
    ),
    (
        "002",
        r"\mathcal{L}(\theta) = -\sum_{i=1}^{10} \log \hat{y}_i(\theta) = -\log L(\theta)",
        (
            r"\mathcal{L}(\theta)",
            r"-Sum(log(\hat{y}_i(\theta)), (i, 1, 10))",
            r"-log(L(\theta))",
        ),
    ),
    (
        "002",
        r"\log L(\theta) = \log 0.7 + \log 0.9 + \log 0.5 \approx -0.357 -0.105 -0.693 = -1.155",
        (
            r"log(L(\theta))",
            r"-log(2) + log(7/10) + log(9/10)",
            r"-231/200",
            r"-231/200",
        ),
    ),
    (
        "002",
        r"\mathcal{L} = -(\log 0.7 + \log 0.9 + \log 0.5) \approx 1.155",
        (
            r"\mathcal{L}",
            r"-log(9/10) - log(7/10) + log(2)",
            r"231/200",
        ),
    ),
    (
        "002",
        r"L(\theta) = \prod_{i=1}^{N} \hat{y}_{i,c_{true}}(\theta)",
        (
            r"L(\theta)",
            r"Product(\hat{y}_{i,c_{true}}(\theta), (i, 1, N))",
        ),
    ),
    (
        "002",
        r"\log L(\theta) = \sum_{i=1}^{N} \log \hat{y}_{i,c_{true}}(\theta)",
        (
            r"log(L(\theta))",
            r"Sum(log(\hat{y}_{i,c_{true}}(\theta)), (i, 1, N))",
        ),
    ),
    (
        "002",
        r"\mathcal{L}(\theta) = -\sum_{i=1}^{N} \log \hat{y}_{i,c_{true}}(\theta)",
        (
            r"\mathcal{L}(\theta)",
            r"-Sum(log(\hat{y}_{i,c_{true}}(\theta)), (i, 1, N))",
        ),
    ),
    (
        "002",
        r"\mathcal{L}(\theta) = -\log L(\theta)",
        (
            r"\mathcal{L}(\theta)",
            r"-log(L(\theta))",
        ),
    ),
    (
        "003",
        r"L(\theta) = P(x^{(1)}, x^{(2)}, ..., x^{(n)}|\theta)",
        (
            r"L(\theta)",
            r"P(x, \theta)",
        ),
    ),
    ("003", r"\log L(\theta)", (r"log(L(\theta))",)),
    (
        "003",
        r"H(p, q) = -\sum p(x) \log q(x)",
        (
            r"CrossEntropy(p, q)",
            r"-Sum(p(x)*log(q(x)), (x, 1, Cardinality(\mathcal{X})))",
        ),
    ),
    (
        "003",
        r"L(\theta) = \prod_{i=1}^{n} P(x^{(i)}|\theta)",
        (
            r"L(\theta)",
            r"Product(P(x[i], \theta), (i, 1, n))",
        ),
    ),
    (
        "003",
        r"\log L(\theta) = \sum_{i=1}^{n} \log P(x^{(i)}|\theta)",
        (
            r"log(L(\theta))",
            r"Sum(log(P(x[i], \theta)), (i, 1, n))",
        ),
    ),
    ("003", r"q_\theta(y=1|x^{(i)})", (r"q(1, x[i], \theta)",)),
    (
        "003",
        r"\sum_{i=1}^{n} [y^{(i)} \log q_\theta(y=1|x^{(i)}) + (1 - y^{(i)}) \log (1 - q_\theta(y=1|x^{(i)}))]",
        (r"Sum((1 - y[i])*log(1 - q(1, x[i], \theta)) + log(q(1, x[i], \theta))*y[i], (i, 1, n))",),
    ),
    (
        "003",
        r"H(y, q_\theta) = -\sum_{i=1}^{n} [y^{(i)} \log q_\theta(y=1|x^{(i)}) + (1 - y^{(i)}) \log (1 - q_\theta(y=1|x^{(i)}))]",
        (
            r"H(y, q_\theta)",
            r"-Sum((1 - y[i])*log(1 - q(1, x[i], \theta)) + log(q(1, x[i], \theta))*y[i], (i, 1, n))",
        ),
    ),
    (
        "003",
        r"H(p, q) = -\sum_x p(x) \log q(x)",
        (
            r"CrossEntropy(p, q)",
            r"-Sum(p(x)*log(q(x)), (x, 1, Cardinality(\mathcal{X})))",
        ),
    ),
    ("003", r"\sum_x p(x) \log q(x)", (r"Sum(p(x)*log(q(x)), (x, 1, Cardinality(\mathcal{X})))",)),
    (
        "003",
        r"q(x) = P(x|\theta)",
        (
            r"q(x)",
            r"P(x, \theta)",
        ),
    ),
    (
        "004",
        r"P(X=1)=p",
        (
            r"P(1)",
            r"p",
        ),
    ),
    (
        "004",
        r"P(X=0)=1-p",
        (
            r"P(0)",
            r"1 - p",
        ),
    ),
    (
        "004",
        r"f(x)=p^{x}(1-p)^{1-x}",
        (
            r"f(x)",
            r"p**x*(1 - p)**(1 - x)",
        ),
    ),
    (
        "004",
        r"EX=p, \quad DX=p(1-p)",
        (
            r"Expectation(X, X, X)",
            r"p",
            r"Variance(X, X, X)",
            r"p*(1 - p)",
        ),
    ),
    (
        "004",
        r"\mathrm{P}(\mathrm{X}=1)=\mathrm{p}, \quad \mathrm{P}(\mathrm{X}=0)=1-\mathrm{p}",
        (
            r"P(1)",
            r"p",
            r"P(0)",
            r"1 - p",
        ),
    ),
    (
        "004",
        r"P(X)=p^{X}(1-p)^{1-X}",
        (
            r"P(X)",
            r"p**X*(1 - p)**(1 - X)",
        ),
    ),
    (
        "004",
        r"\log P(D)=\log \prod_{i}^{N} P\left(D_{i}\right)",
        (
            r"log(P(D))",
            r"log(Product(P(D[i]), (i, 1, N)))",
        ),
    ),
    ("004", r"=\sum_{i} \log P\left(D_{i}\right)", (r"Sum(log(P(D[i])), (i, 1, N))",)),
    (
        "004",
        r"=\sum_{i}\left(D_{i} \log p+\left(1-D_{i}\right) \log (1-p)\right)",
        (r"Sum((1 - D[i])*log(1 - p) + log(p)*D[i], (i, 1, N))",),
    ),
    (
        "004",
        r"loss=-\sum_{i}\left(D_{i} \log p+\left(1-D_{i}\right) \log (1-p)\right)",
        (
            r"loss",
            r"-Sum((1 - D[i])*log(1 - p) + log(p)*D[i], (i, 1, N))",
        ),
    ),
    (
        "004",
        r"\sum_{i}^{N}(D_{i} \frac{1}{p}+(1-D_{i}) \frac{1}{p-1})=0",
        (
            r"Sum((1 - D[i])/(p - 1) + D[i]/p, (i, 1, N))",
            r"0",
        ),
    ),
    (
        "004",
        r"\sum_{i}^{N}(p-D_{i})=0",
        (
            r"Sum(p - D[i], (i, 1, N))",
            r"0",
        ),
    ),
    (
        "004",
        r"p=\frac{1}{N} \sum_{i} D_{i}",
        (
            r"p",
            r"Sum(D[i], (i, 1, N))/N",
        ),
    ),
    (
        "004",
        r"X \sim N\left(\mu, \sigma^{2}\right)",
        (
            r"X",
            r"N(\mu, \sigma**2)",
        ),
    ),
    (
        "004",
        r"f(x)=\frac{1}{\sigma \sqrt{2 \pi}} e^{-\frac{(x-\mu)^{2}}{2 \sigma^{2}}}",
        (
            r"f(x)",
            r"sqrt(2)*exp(-(-\mu + x)**2/(2*\sigma**2))/(2*sqrt(pi)*\sigma)",
        ),
    ),
    (
        "004",
        r"f(x)=\frac{1}{\sqrt{2 \pi \sigma^{2}}} e^{-\frac{(x-\mu)^{2}}{2 \sigma^{2}}}",
        (
            r"f(x)",
            r"sqrt(2)*exp(-(-\mu + x)**2/(2*\sigma**2))/(2*sqrt(pi)*Abs(\sigma))",
        ),
    ),
    (
        "004",
        r"\log P(D)=\log \prod_{i} P\left(D_{i}\right)",
        (
            r"log(P(D))",
            r"log(Product(P(D[i]), (i, 1, N)))",
        ),
    ),
    ("004", r"=\sum_{i}^{N} \log P\left(D_{i}\right)", (r"Sum(log(P(D[i])), (i, 1, N))",)),
    (
        "004",
        r"=\sum_{i}^{N}\left(-\frac{1}{2} \log \left(2 \pi \sigma^{2}\right)-\frac{\left(D_{i}-\mu\right)^{2}}{2 \sigma^{2}}\right)",
        (r"Sum(-log(2*pi*\sigma**2)/2 - (-\mu + D[i])**2/(2*\sigma**2), (i, 1, N))",),
    ),
    (
        "004",
        r"=\left(-\frac{N}{2} \log \left(2 \pi \sigma^{2}\right)-\frac{1}{2 \sigma^{2}} \sum_{i}^{N}\left(D_{i}-\mu\right)^{2}\right)",
        (r"-N*log(2*pi*\sigma**2)/2 - Sum((-\mu + D[i])**2, (i, 1, N))/(2*\sigma**2)",),
    ),
    (
        "004",
        r"\frac{\partial \log P(D)}{\partial \mu}=-\frac{1}{\sigma^{2}} \sum_{i}^{N}(\mu-D_{i})=0",
        (
            r"Partial(log(P(D)), \mu, 1)",
            r"-Sum(\mu - D[i], (i, 1, N))/\sigma**2",
            r"0",
        ),
    ),
    (
        "004",
        r"\mu=\frac{1}{N} \sum_{i}^{N} D_{i}",
        (
            r"\mu",
            r"Sum(D[i], (i, 1, N))/N",
        ),
    ),
    (
        "004",
        r"\frac{\partial \log P(D)}{\partial \sigma^{2}}=-\frac{N}{2 \sigma^{2}}+\frac{1}{2 \sigma^{4}} \sum_{i}^{N}(D_{i}-\mu)^{2}=0",
        (
            r"Partial(log(P(D)), \sigma^2, 1)",
            r"-N/(2*\sigma^2) + Sum((-\mu + D[i])**2, (i, 1, N))/(2*\sigma^2**2)",
            r"0",
        ),
    ),
    (
        "004",
        r"\sigma^{2}=\frac{1}{N} \sum_{i}^{N}(D_{i}-\mu)^{2}",
        (
            r"\sigma^2",
            r"Sum((-\mu + D[i])**2, (i, 1, N))/N",
        ),
    ),
    (
        "004",
        r"p(x)=\operatorname{Pr}(X=x), x \in X",
        (
            r"p(x)",
            r"Pr(x)",
        ),
    ),
    (
        "004",
        r"I\left(x_{0}\right)=-\log \left(p\left(x_{0}\right)\right)",
        (
            r"I(x_0)",
            r"-log(p(x_0))",
        ),
    ),
    (
        "004",
        r"I\left(x_{A}\right)=-\log (0.1)=3.3219",
        (
            r"I(x_A)",
            r"log(10)",
            r"33219/10000",
        ),
    ),
    (
        "004",
        r"I\left(x_{B}\right)=-\log (0.999)=0.0014",
        (
            r"I(x_B)",
            r"-log(999/1000)",
            r"7/5000",
        ),
    ),
    (
        "004",
        r"\begin{array}{l}{H_{A}(x)=-(p(x_{A}) \log (p(x_{A}))+(1-p(x_{A})) \log (1-p(x_{A})))=} {0.4690}\end{array}",
        (
            r"H_A(x)",
            r"-(1 - p(x_A))*log(1 - p(x_A)) - p(x_A)*log(p(x_A))",
            r"469/1000",
        ),
    ),
    (
        "004",
        r"\begin{array}{l}{H_{B}(x)=-(p(x_{B}) \log (p(x_{B}))+(1-p(x_{B})) \log (1-p(x_{B})))=} {0.0114}\end{array}",
        (
            r"H_B(x)",
            r"-(1 - p(x_B))*log(1 - p(x_B)) - p(x_B)*log(p(x_B))",
            r"57/5000",
        ),
    ),
    (
        "004",
        r"H_{C}(x)=1",
        (
            r"H_C(x)",
            r"1",
        ),
    ),
    (
        "004",
        r"H(X)=E_{p} \log \frac{1}{p(x)}=-\sum_{x \in X} p(x) \log p(x)",
        (
            r"Entropy(X)",
            r"Expectation(log(1/p(x)), x, p)",
            r"-Sum(p(x)*log(p(x)), (x, 1, Cardinality(X)))",
        ),
    ),
    (
        "004",
        r"H(X)=-\int_{x \in X} p(x) \log p(x) d x",
        (
            r"Entropy(X)",
            r"-Integral(p(x)*log(p(x)), (x, -oo, oo))",
        ),
    ),
    (
        "004",
        r"p(x) \log p(x) \rightarrow 0",
        (
            r"p(x)*log(p(x))",
            r"0",
        ),
    ),
    ("004", r"D_{K L}(p | q)", (r"Divergence(p, q)",)),
    (
        "004",
        r"D_{K L}(p | q)=E_{p}\left(\log \frac{p(x)}{q(x)}\right)=\sum_{x \in \mathcal{X}} p(x) \log \frac{p(x)}{q(x)}",
        (
            r"Divergence(p, q)",
            r"Expectation(log(p(x)/q(x)), x, p)",
            r"Sum(p(x)*log(p(x)/q(x)), (x, 1, Cardinality(\mathcal{X})))",
        ),
    ),
    (
        "004",
        r"=\sum_{x \in \mathcal{X}}(p(x) \log p(x)-p(x) \log q(x))",
        (r"Sum(p(x)*log(p(x)) - p(x)*log(q(x)), (x, 1, Cardinality(\mathcal{X})))",),
    ),
    (
        "004",
        r"=\sum_{x \in \mathcal{X}} p(x) \log p(x)-\sum_{x \in \mathcal{X}} p(x) \log q(x)",
        (
            r"Sum(p(x)*log(p(x)), (x, 1, Cardinality(\mathcal{X}))) - Sum(p(x)*log(q(x)), (x, 1, Cardinality(\mathcal{X})))",
        ),
    ),
    (
        "004",
        r"=-H(p)-\sum_{x \in \mathcal{X}} p(x) \log q(x)",
        (r"-Entropy(p) - Sum(p(x)*log(q(x)), (x, 1, Cardinality(\mathcal{X})))",),
    ),
    ("004", r"=-H(p)+E_{p}(-\log q(x))", (r"-Entropy(p) + Expectation(-log(q(x)), x, p)",)),
    ("004", r"=H_{p}(q)-H(p)", (r"CrossEntropy(p, q) - Entropy(p)",)),
    (
        "004",
        r"0 \log \frac{0}{0}=0, \quad 0 \log \frac{0}{q}=0, p \log \frac{p}{0}=\infty",
        (
            r"! this divides by zero",
            r"0",
            r"! the logarithm of zero",
            r"0",
            r"! this divides by zero",
            r"oo",
        ),
    ),
    (
        "004",
        r"D_{K L}(p | q)=0",
        (
            r"Divergence(p, q)",
            r"0",
        ),
    ),
    (
        "004",
        r"\mathrm{KL}(p | q)=\sum_{x} p(x) \log \frac{p(x)}{q(x)}",
        (
            r"Divergence(p, q)",
            r"Sum(p(x)*log(p(x)/q(x)), (x, 1, Cardinality(\mathcal{X})))",
        ),
    ),
    (
        "004",
        r"=-\sum_{x} p(x) \log \frac{q(x)}{p(x)}",
        (r"-Sum(p(x)*log(q(x)/p(x)), (x, 1, Cardinality(\mathcal{X})))",),
    ),
    (
        "004",
        r"\begin{array}{l}{\geqslant-\log \left(\sum_{x} p(x) \frac{q(x)}{p(x)}\right)} \ {=-\log \left(\sum_{x} q(x)\right)} \ {=-\log 1=0}\end{array}",
        (
            r"-log(Sum(q(x), (x, 1, Cardinality(\mathcal{X}))))",
            r"-log(Sum(q(x), (x, 1, Cardinality(\mathcal{X}))))",
            r"0",
            r"0",
        ),
    ),
    (
        "004",
        r"N_{1}\left(\mu_{1}, \sigma_{1}^{2}\right),N_{2}\left(\mu_{2}, \sigma_{2}^{2}\right)",
        (r"N_1(\mu_1, \sigma_1**2)",),
    ),
    (
        "004",
        r"N(\mu, \sigma)=\frac{1}{\sqrt{2 \pi \sigma^{2}}} e^{\frac{(x-\mu)^{2}}{2 \sigma^{2}}}",
        (
            r"N(\mu, sqrt(\sigma^2))",
            r"sqrt(2)*exp((-\mu + x)**2/(2*\sigma^2))/(2*sqrt(pi)*sqrt(\sigma^2))",
        ),
    ),
    (
        "004",
        r"\begin{aligned} \mathrm{KL}(p 1 | p 2) &=\int p_{1}(x) \log \frac{p_{1}(x)}{p_{2}(x)} \mathrm{d} x \ &=\int p_{1}(x)\left(\log p_{1}(x)-\log p_{2}(x)\right) \mathrm{d} x \end{aligned}",
        (
            r"! a divergence is read between two laws with names",
            r"Integral(p_1(x)*log(p_1(x)/p_2(x)), (x, -oo, oo))",
            r"Integral((log(p_1(x)) - log(p_2(x)))*p_1(x), (x, -oo, oo))",
        ),
    ),
    (
        "004",
        r"=\int p_{1}(x)\left(\log \frac{\sigma_{2}}{\sigma_{1}}+\left(\frac{\left(x-\mu_{2}\right)^{2}}{2 \sigma_{2}^{2}}-\frac{\left(x-\mu_{1}\right)^{2}}{2 \sigma_{1}^{2}}\right)\right) \mathrm{d} x",
        (
            r"Integral((log(\sigma_2/\sigma_1) + (-\mu_2 + x)**2/(2*\sigma_2**2) - (-\mu_1 + x)**2/(2*\sigma_1**2))*p_1(x), (x, -oo, oo))",
        ),
    ),
    (
        "004",
        r"=\int\left(\log \frac{\sigma_{2}}{\sigma_{1}}\right) p_{1}(x) \mathrm{d} x+\int\left(\frac{\left(x-\mu_{2}\right)^{2}}{2 \sigma_{2}^{2}}\right) p_{1}(x) \mathrm{d} x-\int\left(\frac{\left(x-\mu_{1}\right)^{2}}{2 \sigma_{1}^{2}}\right) p_{1}(x) \mathrm{d} x",
        (
            r"Integral(p_1(x)*log(\sigma_2/\sigma_1), (x, -oo, oo)) - Integral((-\mu_1 + x)**2*p_1(x)/(2*\sigma_1**2), (x, -oo, oo)) + Integral((-\mu_2 + x)**2*p_1(x)/(2*\sigma_2**2), (x, -oo, oo))",
        ),
    ),
    (
        "004",
        r"=\log \frac{\sigma_{2}}{\sigma_{1}}+\frac{1}{2 \sigma_{2}^{2}} \int\left(\left(x-\mu_{2}\right)^{2}\right) p_{1}(x) \mathrm{d} x-\frac{1}{2 \sigma_{1}^{2}} \int\left(\left(x-\mu_{1}\right)^{2}\right) p_{1}(x) \mathrm{d} x",
        (
            r"log(\sigma_2/\sigma_1) + Integral((-\mu_2 + x)**2*p_1(x), (x, -oo, oo))/(2*\sigma_2**2) - Integral((-\mu_1 + x)**2*p_1(x), (x, -oo, oo))/(2*\sigma_1**2)",
        ),
    ),
    (
        "004",
        r"D(X)=\sigma^{2}=\int_{-\infty}^{\infty}(x-\mu)^{2} f(x) d x",
        (
            r"Variance(X, X, X)",
            r"\sigma^2",
            r"Integral((-\mu + x)**2*f(x), (x, -oo, oo))",
        ),
    ),
    (
        "004",
        r"D(X)=\int x^{2} f(x) d x-\mu^{2}=E\left(X^{2}\right)-(E(X))^{2}",
        (
            r"Variance(X, X, X)",
            r"-\mu**2 + Integral(x**2*f(x), (x, -oo, oo))",
            r"-Expectation(X, X, X)**2 + Expectation(X**2, X, X)",
        ),
    ),
    (
        "004",
        r"=\log \frac{\sigma_{2}}{\sigma_{1}}+\frac{1}{2 \sigma_{2}^{2}} \int\left(\left(x-\mu_{2}\right)^{2}\right) p_{1}(x) \mathrm{d} x-\frac{1}{2}",
        (r"log(\sigma_2/\sigma_1) - 1/2 + Integral((-\mu_2 + x)**2*p_1(x), (x, -oo, oo))/(2*\sigma_2**2)",),
    ),
    (
        "004",
        r"=\log \frac{\sigma_{2}}{\sigma_{1}}+\frac{1}{2 \sigma_{2}^{2}} \int\left(x-\mu_{1}+\mu_{1}-\mu_{2}\right)^{2} ) p_{1}(x) \mathrm{d} x-\frac{1}{2}",
        (
            r"! ) closes nothing",
            r"! ) closes nothing",
        ),
    ),
    (
        "004",
        r"\begin{array}{l}{=\log \frac{\sigma_{2}}{\sigma_{1}}+\frac{1}{2 \sigma_{2}^{2}}\left(\int\left(x-\mu_{1}\right)^{2} p_{1}(x) \mathrm{d} x+\int\left(\mu_{1}-\mu_{2}\right)^{2} p_{1}(x) \mathrm{d} x+\right.} {2 \int\left(x-\mu_{1}\right)\left(\mu_{1}-\mu_{2}\right) p_{1}(x) \mathrm{d} x )-\frac{1}{2}}\end{array}",
        (),
    ),
    (
        "004",
        r"=\log \frac{\sigma_{2}}{\sigma_{1}}+\frac{1}{2 \sigma_{2}^{2}}\left(\int\left(x-\mu_{1}\right)^{2} p_{1}(x) \mathrm{d} x+\left(\mu_{1}-\mu_{2}\right)^{2}\right)-\frac{1}{2}",
        (
            r"log(\sigma_2/\sigma_1) - 1/2 + ((\mu_1 - \mu_2)**2 + Integral((-\mu_1 + x)**2*p_1(x), (x, -oo, oo)))/(2*\sigma_2**2)",
        ),
    ),
    (
        "004",
        r"=\log \frac{\sigma_{2}}{\sigma_{1}}+\frac{\sigma_{1}^{2}+\left(\mu_{1}-\mu_{2}\right)^{2}}{2 \sigma_{2}^{2}}-\frac{1}{2}",
        (r"log(\sigma_2/\sigma_1) - 1/2 + (\sigma_1**2 + (\mu_1 - \mu_2)**2)/(2*\sigma_2**2)",),
    ),
    (
        "004",
        r"\mu_{2}=0, \sigma_{2}^{2}=1",
        (
            r"\mu_2",
            r"0",
            r"\sigma_2**2",
            r"1",
        ),
    ),
    (
        "004",
        r"\mathrm{KL}\left(\mu_{1}, \sigma_{1}\right)=-\log \sigma_{1}+\frac{\sigma_{1}^{2}+\mu_{1}^{2}}{2}-\frac{1}{2}",
        (
            r"KL(\mu_1, \sigma_1)",
            r"\mu_1**2/2 + \sigma_1**2/2 - log(\sigma_1) - 1/2",
        ),
    ),
    (
        "004",
        r"\mu_{1}=0, \sigma_{1}=1",
        (
            r"\mu_1",
            r"0",
            r"\sigma_1",
            r"1",
        ),
    ),
    (
        "004",
        r"\begin{array}{l}{C E H(p, q)=E_{p}(-\log q)=-\sum_{x \in \mathcal{X}} p(x) \log q(x)=H(p)+} {D_{K L}(p | q)}\end{array}",
        (
            r"CrossEntropy(p, q)",
            r"Expectation(-log(q(x)), x, p)",
            r"-Sum(p(x)*log(q(x)), (x, 1, Cardinality(\mathcal{X})))",
            r"Divergence(p, q) + Entropy(p)",
        ),
    ),
    (
        "004",
        r"X \sim B(1, p)",
        (
            r"X",
            r"beta(1, p)",
        ),
    ),
    (
        "004",
        r"X \sim B(1, q)",
        (
            r"X",
            r"beta(1, q)",
        ),
    ),
    (
        "004",
        r"C E H(p, q)=-\sum_{x \in \mathcal{X}} {p}(x) \log P_{q}(x)",
        (
            r"CrossEntropy(p, q)",
            r"-Sum(p(x)*log(P_q(x)), (x, 1, Cardinality(\mathcal{X})))",
        ),
    ),
    (
        "004",
        r"=-\left(P_{p}(x=1) \log P_{q}(x=1)+P_{p}(x=0) \log P_{q}(x=0)\right)",
        (r"-P_p(0)*log(P_q(0)) - P_p(1)*log(P_q(1))",),
    ),
    ("004", r"=-(p \log q+(1-p) \log (1-q))", (r"-p*log(q) - (1 - p)*log(1 - q)",)),
    (
        "004",
        r"-\frac{1}{m} \sum_{i=1}^{m}(y^{(i)} \log h_{\theta}(x^{(i)})+(1-y^{(i)} \log (1-h_{\theta}(x^{(i)})))",
        (),
    ),
    (
        "004",
        r"\operatorname{loss}=-\frac{1}{n} \sum(y \ln a+(1-y) \ln (1-a))",
        (
            r"loss",
            r"! the sum names no index, and its body leaves open which",
        ),
    ),
    (
        "004",
        r"\operatorname{loss}=-\sum_{i} y_{i} \ln a_{i}",
        (
            r"loss",
            r"-Sum(log(a[i])*y[i], (i, 1, N))",
        ),
    ),
    ("004", r"[a 0, a 1, a 2, a 3, a 4, a 5, a 6, a 7, a 8, a 9]", (r"! a comma stands inside the formula",)),
    ("004", r"[y 0, y 1, y 2, y 3, y 4, y 5, y 6, y 7, y 8, y 9]", (r"! a comma stands inside the formula",)),
    (
        "004",
        r"l o s s=-\sum_{i} y_{i} \ln a_{i}",
        (
            r"loss",
            r"-Sum(log(a[i])*y[i], (i, 1, N))",
        ),
    ),
]
