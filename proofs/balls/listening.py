"""Whether a search is about the losses that it draws: heard in its first examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import is_dataclass, replace
from types import FunctionType
from typing import Any

from proofs.balls.deciding import Decider, prepared
from proofs.kernel.terms import KernelError, N, Term

CASES = 100  # that are listened to


class Overheard:
    """A loss that tells when it is asked for a value or a gradient; otherwise it is that loss."""

    def __init__(self, loss: Any, tell: Callable[[], None]):
        self.loss, self.tell = loss, tell

    def __call__(self, *point: Any) -> Any:
        self.tell()
        return self.loss(*point)

    def gradient(self, *point: Any) -> Any:
        """The gradient of the loss."""
        self.tell()
        return self.loss.gradient(*point)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.loss, name)

    def __repr__(self) -> str:
        return repr(self.loss)


class Listener:
    """Hears whether the loss of a case is asked, and whether what is granted of it is false."""

    def __init__(self, granted: Mapping[str, Term]):
        self.granted, self.asked, self.decided, self.false = granted, 0, 0, False

    def _tell(self) -> None:
        self.asked += 1

    def hears(self, case: Any) -> Any:
        """The case, with a loss that is overheard."""
        if self.decided >= CASES or not (is_dataclass(case) and hasattr(case, "loss")):
            return case
        heard: Any = replace(case, loss=Overheard(case.loss, self._tell))  # type: ignore[type-var]
        return heard

    def check_drawn(self, values: Mapping[Term, Any]) -> None:
        """KernelError at a function of the page's own: it may compare balls, and hide a jump."""
        for symbol, value in values.items():
            own = isinstance(value, FunctionType) and not value.__module__.startswith("strategies")
            if own and symbol.sort.inputs and symbol.sort.inputs[0] != N:
                told = "is a function written for this search, which could hide a jump from balls"
                raise KernelError(f"{symbol} {told}; a start gives it: start.gives(loss={symbol})")

    def check_granted(self, at_case: Decider, case: Any) -> None:
        """KernelError where balls tell that what is granted is false of this case."""
        self.decided += 1
        if self.decided > CASES and not self.false:  # hypothesis tries what was false again
            return
        for name, hypothesis in self.granted.items():
            answer = None
            with suppress(KernelError):  # most hypotheses say more than balls can decide
                answer = at_case.answer(prepared(hypothesis))
            if answer is False:
                self.false = True
                raise KernelError(f"{name!r} is granted, and it is false for {case!r}")

    def check_asked(self, claim: Term) -> None:
        """KernelError if no case had its loss asked for anything."""
        if self.decided and not self.asked:
            raise KernelError(f"{claim} is decided without the losses that are drawn")
