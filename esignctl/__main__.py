"""The entry: a fast path for ``--version``, then the command line behind one error boundary."""

import gc
import signal
import sys


def main() -> int:
    """Run ``esignctl`` with the process's arguments and return its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from esignctl import __version__

        sys.stdout.write(f"esignctl {__version__}\n")
        return 0
    # a request to end is answered like Ctrl-C: what was begun is undone, and the exit code says so
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        from esignctl.cli import ahead

        with ahead.begun(arguments) as look:
            from esignctl.cli.app import run

            exit_code = run(arguments, look)
    except KeyboardInterrupt:
        return 130
    except ImportError as error:
        sys.stderr.write(f"esignctl is not installed completely ({error}); install it again.\n")
        return 70
    # everything goes with the process; to look for cycles in it first takes longer than most work
    gc.freeze()
    return exit_code


if __name__ == "__main__":
    sys.exit(main())
