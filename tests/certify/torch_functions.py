"""Functions of three numbers, that use every operation of torch that has a rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F

D = torch.float64
torch.set_num_threads(1)  # on small arrays a second one only waits
WEIGHTS = torch.tensor([1.0, -2.0, 0.5], dtype=D)
MATRIX = torch.tensor([[2.0, 1.0, 0.5], [0.25, 3.0, -1.0], [1.0, 0.5, 4.0]], dtype=D)
SECOND = torch.tensor([0.3, -1.0, 2.0], dtype=D)
INDEX = torch.tensor([2, 0, 2])
ALL, UP, IN = (-3.0, 3.0), (0.2, 3.0), (-0.9, 0.9)


def _in_place(w: Any) -> Any:
    out = torch.zeros(3, dtype=D)
    out[0] = w[1]
    out[1:] += w[:2] ** 2
    out.mul_(w).add_(1.0)
    return out


def _image(w: Any) -> Any:
    return torch.outer(torch.cat([w, w]), torch.cat([w, SECOND])).reshape(1, 1, 6, 6)


FUNCTIONS: dict[str, tuple[Callable[[Any], Any], tuple[float, float]]] = {
    "arithmetic": (
        lambda w: (w + 2.0) * w - w / 3.0 - (-w) + torch.add(w, w, alpha=2) + (1 - w),
        ALL,
    ),
    "divide": (lambda w: SECOND / w + w / SECOND + w.reciprocal(), UP),
    "exp": (torch.exp, ALL),
    "exp2": (torch.exp2, ALL),
    "log": (torch.log, UP),
    "log2": (torch.log2, UP),
    "log10": (torch.log10, UP),
    "log1p": (torch.log1p, UP),
    "expm1": (torch.expm1, ALL),
    "tanh": (torch.tanh, ALL),
    "sigmoid": (torch.sigmoid, ALL),
    "sin": (torch.sin, ALL),
    "cos": (torch.cos, ALL),
    "tan": (torch.tan, IN),
    "asin": (torch.asin, IN),
    "acos": (torch.acos, IN),
    "atan": (torch.atan, ALL),
    "sinh": (torch.sinh, ALL),
    "cosh": (torch.cosh, ALL),
    "asinh": (torch.asinh, ALL),
    "acosh": (lambda w: torch.acosh(w + 1), UP),
    "atanh": (torch.atanh, IN),
    "sqrt": (torch.sqrt, UP),
    "rsqrt": (torch.rsqrt, UP),
    "abs": (torch.abs, ALL),
    "sign": (lambda w: torch.sign(w) * w, ALL),
    "erf": (torch.erf, ALL),
    "erfc": (torch.erfc, ALL),
    "erfinv": (torch.erfinv, IN),
    "lgamma": (torch.lgamma, UP),
    "digamma": (lambda w: torch.lgamma(w) * w, UP),
    "atan2": (lambda w: torch.atan2(w, SECOND.abs()), ALL),
    "hypot": (lambda w: torch.hypot(w, SECOND), UP),
    "maximum": (lambda w: torch.maximum(w, SECOND) + torch.fmax(w, SECOND), ALL),
    "minimum": (lambda w: torch.minimum(w, SECOND) + torch.fmin(w, SECOND), ALL),
    "pow": (lambda w: w**1.7 + w**-2 + 2.0**w + w**w + w.square(), UP),
    "xlogy": (lambda w: torch.xlogy(w, w), UP),
    "logaddexp": (lambda w: torch.logaddexp(w, SECOND), ALL),
    "relu": (torch.relu, ALL),
    "clamp": (
        lambda w: w.clamp(-1.0, 1.5) + w.clamp_min(0.2) + w.clamp_max(0.1) + F.hardtanh(w),
        ALL,
    ),
    "where": (lambda w: torch.where(w > 0.5, w**2, torch.where(w <= -1.0, w, 3 * w)), ALL),
    "compare": (lambda w: w * (w < 0.1) + (w >= 2.0) * w**2 + (w != SECOND) * w + (w == 9.0), ALL),
    "finite": (
        lambda w: torch.where(torch.isfinite(w), w, 0.0) * ~torch.isnan(w) * ~torch.isinf(w),
        ALL,
    ),
    "masked_fill": (lambda w: w.masked_fill(torch.tensor([True, False, False]), 2.0) ** 2, ALL),
    "addcmul": (
        lambda w: torch.addcmul(w, w, SECOND, value=2.0) + torch.addcdiv(w, w, SECOND),
        ALL,
    ),
    "lerp": (lambda w: torch.lerp(w, SECOND, 0.3), ALL),
    "gelu": (F.gelu, ALL),
    "silu": (F.silu, ALL),
    "elu": (F.elu, ALL),
    "softplus": (F.softplus, ALL),
    "logsigmoid": (F.logsigmoid, ALL),
    "leaky": (F.leaky_relu, ALL),
    "mish": (F.mish, ALL),
    "celu": (F.celu, ALL),
    "selu": (F.selu, ALL),
    "cast": (lambda w: w.float().double() * w.bool(), UP),
    "sums": (lambda w: w * w.sum() + w.mean() * w.var() + w.sum(0, keepdim=True), ALL),
    "std": (lambda w: w * w.std(), UP),
    "prod": (lambda w: w * w.prod(), UP),
    "logsumexp": (lambda w: w * torch.logsumexp(2 * w, 0), ALL),
    "amax": (lambda w: w.amax() * w + w.amin() + w.max() * w.min(), ALL),
    "max dim": (
        lambda w: torch.outer(w, w).max(1)[0] + torch.outer(w, w).min(0, keepdim=True).values[0],
        ALL,
    ),
    "argmax": (lambda w: w[w.argmax()[None]] + w * w[w.argmin(0, keepdim=True)], ALL),
    "softmax": (lambda w: F.softmax(w, 0), ALL),
    "log_softmax": (lambda w: F.log_softmax(w, 0), ALL),
    "cumsum": (lambda w: w.cumsum(0) * w, ALL),
    "cumprod": (lambda w: w.cumprod(0), UP),
    "logcumsumexp": (lambda w: w.logcumsumexp(0), ALL),
    "sort": (lambda w: w.sort()[0] ** 2, ALL),
    "topk": (lambda w: w.topk(2)[0].sum() * w, ALL),
    "norm": (lambda w: w * w.norm() + w.norm(1), UP),
    "norm p": (
        lambda w: w * torch.linalg.vector_norm(w, 3) + torch.linalg.vector_norm(w, float("inf")),
        UP,
    ),
    "mm": (
        lambda w: (
            (MATRIX @ w) + torch.outer(w, w) @ w + MATRIX.mm(torch.outer(w, w))[0] + w.dot(SECOND)
        ),
        ALL,
    ),
    "addmm": (
        lambda w: (
            torch.addmm(MATRIX, torch.outer(w, w), MATRIX, alpha=2)[0] + torch.addmv(w, MATRIX, w)
        ),
        ALL,
    ),
    "bmm": (
        lambda w: torch.einsum(
            "bij,bj->bi", torch.stack([MATRIX * w] * 2), torch.ones(2, 3, dtype=D)
        )[1],
        ALL,
    ),
    "baddbmm": (
        lambda w: torch.baddbmm(MATRIX[None], torch.outer(w, w)[None], MATRIX[None])[0, 1],
        ALL,
    ),
    "linear": (lambda w: F.linear(torch.outer(w, w), MATRIX, w)[1], ALL),
    "views": (lambda w: torch.outer(w, w).reshape(9)[1:7:2] * torch.outer(w, SECOND).t()[0], ALL),
    "permute": (
        lambda w: (
            torch.outer(w, w)[None].permute(2, 1, 0).squeeze(2)[1].unsqueeze(0).expand(2, 3)[1]
        ),
        ALL,
    ),
    "select": (lambda w: torch.outer(w, SECOND)[1] * torch.stack([w, w**2]).unbind(0)[1], ALL),
    "cat": (lambda w: torch.cat([w, torch.ones(1, dtype=D), w])[1:4], ALL),
    "flip": (lambda w: w.flip(0) * w.roll(1) * w.repeat(2)[1:4], ALL),
    "gather": (
        lambda w: (
            w.gather(0, INDEX) * w.index_select(0, INDEX) * torch.outer(w, w)[INDEX, [0, 1, 1]]
        ),
        ALL,
    ),
    "split": (lambda w: torch.outer(w, w).split(1)[2][0] + w.split([1, 2])[1].sum(), ALL),
    "triangle": (lambda w: torch.outer(w, w).tril().sum(0) + torch.outer(w, w).triu(1)[0], ALL),
    "diagonal": (lambda w: torch.outer(w, w).diagonal() + torch.diag_embed(w).sum(0), ALL),
    "pad": (lambda w: F.pad(w, (1, 0), value=2.0)[:3] ** 2, ALL),
    "unfold": (lambda w: torch.cat([w, w]).unfold(0, 3, 2).sum(0), ALL),
    "embedding": (lambda w: F.embedding(INDEX, torch.outer(w, SECOND)).sum(0), ALL),
    "scatter": (lambda w: SECOND.scatter(0, torch.tensor([2, 0]), w[:2] ** 2), ALL),
    "scatter_add": (lambda w: SECOND.scatter_add(0, INDEX, w), ALL),
    "index_add": (lambda w: SECOND.index_add(0, INDEX, w, alpha=2), ALL),
    "index_put": (
        lambda w: SECOND.index_put((INDEX,), w, accumulate=True) * w.index_put((INDEX[:2],), w[1:]),
        ALL,
    ),
    "in place": (_in_place, ALL),
    "filled": (lambda w: torch.ones_like(w) * w + torch.full_like(w, 2.0) * w, ALL),
    "conv": (
        lambda w: F.conv2d(_image(w), MATRIX[None, None], stride=2, padding=1).reshape(-1)[:3],
        ALL,
    ),
    "conv1d": (lambda w: F.conv1d(w[None, None], SECOND[None, None], w[:1], padding=1)[0, 0], ALL),
    "layer_norm": (lambda w: F.layer_norm(w, (3,)), UP),
    "batch_norm": (
        lambda w: F.batch_norm(torch.outer(w, SECOND), None, None, training=True)[0],
        UP,
    ),
    "mse": (lambda w: w * F.mse_loss(w, SECOND) + F.l1_loss(w, SECOND, reduction="none"), ALL),
    "huber": (
        lambda w: F.smooth_l1_loss(w, SECOND, reduction="none") + F.huber_loss(w, SECOND),
        ALL,
    ),
    "bce": (
        lambda w: F.binary_cross_entropy_with_logits(w, SECOND.abs() / 2, reduction="none"),
        ALL,
    ),
    "bce plain": (
        lambda w: F.binary_cross_entropy(w, SECOND.abs() / 2, reduction="none"),
        (0.1, 0.9),
    ),
    "cross_entropy": (lambda w: w * F.cross_entropy(torch.outer(w, SECOND), INDEX), ALL),
    "kl": (lambda w: F.kl_div(w, SECOND.abs(), reduction="none"), ALL),
    "ndtr": (torch.special.ndtr, ALL),
    "attention": (
        lambda w: F.scaled_dot_product_attention(*3 * [torch.outer(w, SECOND)[None, None]])[
            0, 0, 1
        ],
        ALL,
    ),
    "one_hot": (lambda w: (F.one_hot(INDEX, 3) * torch.outer(w, w)).sum(0), ALL),
    "normal": (lambda w: torch.distributions.Normal(w, w**2 + 1).log_prob(SECOND), ALL),
    "categorical": (
        lambda w: torch.distributions.Categorical(logits=torch.outer(w, w)).log_prob(INDEX),
        ALL,
    ),
    "detach": (lambda w: w + 0 * w.detach().clone(), ALL),
    "any": (lambda w: w * (w > 0).any() + w**2 * (w > 9).all(), ALL),
}


# Of an image and three small numbers.
POOLS: dict[str, Callable[[Any, Any], Any]] = {
    "avg_pool1d": lambda a, o: F.avg_pool1d(a[0], 2, o[0], o[1], bool(o[2]), bool(o[3])),
    "avg_pool2d": lambda a, o: F.avg_pool2d(a, (2, 3), o[0], o[1], bool(o[2]), bool(o[3])),
    "avg_pool2d of a divisor": lambda a, o: F.avg_pool2d(a, 2, o[0], divisor_override=o[0] + 2),
    "avg_pool3d": lambda a, o: F.avg_pool3d(a[None], 2, o[0], o[1], bool(o[2]), bool(o[3])),
    "adaptive_avg": lambda a, o: F.adaptive_avg_pool2d(a, (o[0], 3)),
    "adaptive_avg1d": lambda a, o: F.adaptive_avg_pool1d(a[0], o[0] + 1),
    "adaptive_avg3d": lambda a, o: F.adaptive_avg_pool3d(a, (1, o[0], 2)),
    "max_pool1d": lambda a, o: F.max_pool1d(a[0], 2, o[0], o[1], ceil_mode=bool(o[2])),
    "max_pool2d": lambda a, o: F.max_pool2d(a, (2, 3), o[0], o[1], ceil_mode=bool(o[2])),
    "adaptive_max": lambda a, o: F.adaptive_max_pool2d(a, (o[0], 2)),
    "nearest": lambda a, o: F.interpolate(a, scale_factor=o[0] + 0.5),
    "nearest1d": lambda a, o: F.interpolate(a[0], size=o[0] + 4),
    "linear": lambda a, o: F.interpolate(
        a[0], size=o[0] + 3, mode="linear", align_corners=bool(o[1])
    ),
    "bilinear": lambda a, o: F.interpolate(
        a, size=(o[0] + 1, 7), mode="bilinear", align_corners=bool(o[1])
    ),
    "bicubic": lambda a, o: F.interpolate(a, size=(o[0] + 3, 6), mode="bicubic"),
    "nearest3d": lambda a, o: F.interpolate(a[None], size=(o[0], 3, 6)),
    "trilinear image": lambda a, o: F.interpolate(a[None], size=(o[0], 3, 6), mode="trilinear"),
    "replicate3d": lambda a, o: F.pad(a[None], (1, o[0], o[1], 1, 0, 1), mode="replicate"),
    "replicate": lambda a, o: F.pad(a, (1, o[0], o[1], 1), mode="replicate"),
    "replicate1d": lambda a, o: F.pad(a[0], (1, o[0]), mode="replicate"),
    "reflect": lambda a, o: F.pad(a, (1, o[0], o[1], 1), mode="reflect"),
    "unfold": lambda a, o: F.unfold(a, (2, 3), stride=o[0], padding=o[1], dilation=o[2] + 1),
    "fold": lambda a, o: F.fold(a.reshape(1, 8, 10), (3, 6), 2),
    "pixel_shuffle": lambda a, o: F.pixel_shuffle(torch.cat([a, a], 1), 2) ** 2,
    "trilinear": lambda a, o: F.bilinear(a[0, 0], a[0, 1], a.sum() * torch.ones(2, 5, 5, dtype=D)),
    "shrink": lambda a, o: F.softshrink(a, 0.3 * o[0]) + F.hardshrink(a),
    "weight_norm": lambda a, o: torch._weight_norm(a[0, 0], a[0, 1, :, :1], 0),
}
