"""Judging: compile, execute, check, verdict, grade, and the Celery worker that does it for each submission.

One module a step, in the order a submission meets them::

    worker      the Celery worker: which queues, which task, start and end
    preparing   a process beside it that makes languages ready       helper, serving   its answers, heard
    consumer    how it waits for its broker      presence    tells the store that it lives
    slots       one prefork child: its core, its sandbox, one judgement at a time
    lease       keeps a judgement ours while we judge it
    publisher   tells the learner how far we are, off the hot path
    judge       the whole route of one submission, as a generator of progress
    sources     which files lie in the box, under which names, and where the program begins
    compiling   source -> Executable, in its own container          executables  the cache of them
    execute     Executable + test -> RunResult
    checking    output + answer -> CheckResult                      checkers/    the rules
    verdicts    RunResult + CheckResult -> Verdict (the only place)
    included    files that a problem adds to every submission
    course      which tests are still to be run
    grading     runs -> the judgement's verdict and score
"""
