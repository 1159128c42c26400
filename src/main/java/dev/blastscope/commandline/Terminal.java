package dev.blastscope.commandline;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/** What is known of the terminal; Java itself tells only of its standard input and output. */
final class Terminal {

    private static final int STDERR = 2;

    private Terminal() {}

    /** Whether the error stream goes to a terminal. */
    static boolean ofErrors() {
        return Platform.isWindows()
                ? Native.load("msvcrt", WindowsCLibrary.class)._isatty(STDERR) != 0
                : Native.load("c", CLibrary.class).isatty(STDERR) != 0;
    }

    interface CLibrary extends Library {
        int isatty(int descriptor);
    }

    interface WindowsCLibrary extends Library {
        @SuppressWarnings("MemberName") // the C library's name for it
        int _isatty(int descriptor);
    }
}
