"""Runs lifetimes' own tests on btyd.lifetimes: python run_lifetimes.py <checkout of lifetimes> <folder to work in>.

The checkout is of lifetimes 0.11.3, whose packages on the index leave the tests out. Fails if fewer than 88 of the 94 tests
that draw nothing pass, or if one fails that LIFETIMES.md does not name.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import xml.etree.ElementTree

HERE = pathlib.Path(__file__).resolve().parent
FILES = ["test_estimation.py", "test_utils.py", "test_generate_data.py"]
ALL, AT_LEAST = 94, 88


def main(checkout, work):
    shutil.rmtree(work, ignore_errors=True)
    tests = work / "tests"
    tests.mkdir(parents=True)
    for name in [*FILES, "conftest.py", "__init__.py"]:
        shutil.copy(checkout / "tests" / name, tests)
    # Where their tests look for the data sets, without the package around it.
    data = work / "lifetimes" / "datasets"
    data.mkdir(parents=True)
    for file in (checkout / "lifetimes" / "datasets").iterdir():
        if file.suffix in (".csv", ".txt"):
            shutil.copy(file, data)
    report = work / "report.xml"
    environment = {**os.environ, "BTYD_DATASETS": str(data), "PYTHONPATH": str(HERE)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "as_lifetimes", "-p", "no:cacheprovider", "-W", "ignore"]
    command += ["--tb=line", f"--junitxml={report}", *(f"tests/{name}" for name in FILES)]
    subprocess.run(command, cwd=work, env=environment, check=False)
    cases = list(xml.etree.ElementTree.parse(report).iter("testcase"))
    failed = [case.get("name") for case in cases if len(case) and case[0].tag != "skipped"]
    passed = len(cases) - sum(1 for case in cases if len(case))
    named = (HERE.parent / "LIFETIMES.md").read_text()
    surprises = [name for name in failed if f"`{name}`" not in named]
    print(f"lifetimes' own tests: {passed} of {ALL} pass; fail: {', '.join(failed) or 'none'}")
    if len(cases) != ALL or passed < AT_LEAST or surprises:
        sys.exit(f"expected {ALL} tests, at least {AT_LEAST} passing, and no failure that LIFETIMES.md does not name")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve())
