"""Tables of what was measured, in Markdown, a question a line and a system a column."""


def by_question(title, told, cell):
    """A table of (question, system, answer)."""
    if not told:
        return
    systems = list(dict.fromkeys(system for _, system, _ in told))
    answers = {(what, system): answer for what, system, answer in told}
    print(f"\n## {title}\n")
    print(f"| | {' | '.join(systems)} |")
    print(f"|---|{'---:|' * len(systems)}")
    for what in dict.fromkeys(what for what, _, _ in told):
        cells = [cell(answers[what, system]) if (what, system) in answers else "–" for system in systems]
        print(f"| {what} | {' | '.join(cells)} |")


def one(answer):
    """What one client came to."""
    return f"**{figure(answer.cpu)}** ({figure(answer.p50)} / {figure(answer.p99)})"


def many(answer):
    """What sixteen clients came to."""
    return f"**{answer.rate:,.0f}** ({figure(answer.cpu)}; {figure(answer.p50)} / {figure(answer.p99)})"


def memory(told):
    """A table of memory before and after the questions."""
    if not told:
        return
    print("\n## Memory of the whole server, MiB: resident (shared pages counted once)\n")
    print("| | idle | after the questions |")
    print("|---|---:|---:|")
    for system, idle, after in told:
        print(f"| {system} | {idle[0]:.0f} ({idle[1]:.0f}) | {after[0]:.0f} ({after[1]:.0f}) |")


def figure(number):
    """A number with three figures, as far as it has them."""
    return f"{number:.2f}" if number < 10 else f"{number:.1f}" if number < 100 else f"{number:,.0f}"
