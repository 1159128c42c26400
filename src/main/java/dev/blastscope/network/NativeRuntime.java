package dev.blastscope.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * PyTorch's native side: its process-wide settings, which must be in force before the engine loads, and its devices.
 *
 * <p>OpenMP threads must sleep while they wait: spinning ones starve each other as soon as anything else runs. The
 * allocator must keep and reuse the big blocks of a forward pass instead of mapping and unmapping them each time. Both are
 * read from the environment by native code, so they are set here for every way of starting; what the environment already
 * sets stays.
 */
public final class NativeRuntime {

    private static final int M_TRIM_THRESHOLD = -1;
    private static final int M_TOP_PAD = -2;
    private static final int M_MMAP_MAX = -4;
    private static final int M_ARENA_MAX = -8;
    private static final int TOP_PAD_BYTES = 64 * 1024 * 1024;

    private static boolean prepared;

    private NativeRuntime() {}

    /** Puts the settings in force; call it first thing in {@code main}, before other threads use the allocator. */
    public static synchronized void prepare() {
        if (prepared) {
            return;
        }
        prepared = true;
        // Nothing is ever downloaded, and DJL does not report its use.
        setPropertyIfAbsent("ai.djl.offline", "true");
        setPropertyIfAbsent("ai.djl.pytorch.graph_optimizer", "false");
        setPropertyIfAbsent("ai.djl.pytorch.num_threads", Integer.toString(threads()));
        if (!Platform.isWindows()) {
            Native.load("c", CLibrary.class).setenv("OMP_WAIT_POLICY", "PASSIVE", 0);
        }
        if (Platform.isLinux()) {
            tuneAllocator(Native.load("c", CLibrary.class));
        }
    }

    /** The threads of a forward pass: the CPUs that the container or the machine grants this process. */
    public static int threads() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** A manager of native memory on the device, owned by the caller. */
    public static NDManager newManager(Device device) {
        prepare();
        return NDManager.newBaseManager(device, "PyTorch");
    }

    /** Lets this thread compute without gradients, as PyTorch does not by itself; collecting them switches them on. */
    public static void withoutGradients() {
        engine();
        JniUtils.setGradMode(false);
    }

    static Engine engine() {
        prepare();
        return Engine.getEngine("PyTorch");
    }

    /** PyTorch's version. */
    public static String version() {
        return engine().getVersion();
    }

    private static void setPropertyIfAbsent(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    private static void tuneAllocator(CLibrary c) {
        try {
            malloptUnlessSet(c, "MALLOC_ARENA_MAX", M_ARENA_MAX, 1);
            malloptUnlessSet(c, "MALLOC_MMAP_MAX_", M_MMAP_MAX, 0);
            malloptUnlessSet(c, "MALLOC_TRIM_THRESHOLD_", M_TRIM_THRESHOLD, Integer.MAX_VALUE);
            malloptUnlessSet(c, "MALLOC_TOP_PAD_", M_TOP_PAD, TOP_PAD_BYTES);
        } catch (UnsatisfiedLinkError e) {
            // A C library without mallopt, such as musl's, has nothing to tune.
            return;
        }
    }

    private static void malloptUnlessSet(CLibrary c, String variable, int parameter, int value) {
        if (System.getenv(variable) == null) {
            c.mallopt(parameter, value);
        }
    }

    /** What is needed of the C library. */
    interface CLibrary extends Library {
        int setenv(String name, String value, int overwrite);

        int mallopt(int parameter, int value);
    }
}
