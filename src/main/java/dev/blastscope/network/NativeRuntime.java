package dev.blastscope.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * PyTorch's native side: its process-wide settings, which must be in force before the engine loads, and its devices.
 *
 * <p>OpenMP threads must sleep while they wait, because spinning ones starve each other as soon as anything else runs,
 * and there must be as many as the container grants CPUs, which OpenMP does not see. The allocator must keep the big
 * blocks of a forward pass instead of returning them to the system each time. OpenMP's library reads the environment
 * when the engine loads it, and glibc's {@code mallopt} acts at any time, so both are set from inside the process, the
 * same for every way of starting. What the environment already sets stays.
 *
 * <p>{@code MALLOC_ARENA_MAX=1} alone works only in the environment: a JVM has made all its arenas before {@code main}.
 * Without it, tensors above an arena's 64 MB are mapped afresh each time, which passes of more than 16 images feel.
 * Whatever starts the program for others (the Maven plugin, a container) sets it; starting this process over with
 * another environment would break debuggers and agents for it.
 *
 * <p>Some virtual machines hide the CPU's caches. oneDNN 3.7, which computes PyTorch's convolutions on a CPU, then
 * divides by a size of 0 in its code for AVX2 and above, and SIGFPE ends the JVM (oneDNN's issue 5313 and its pull
 * request 4990 are of this kind). There it is held to AVX, which is slower and safe.
 */
public final class NativeRuntime {

    private static final int M_TRIM_THRESHOLD = -1;
    private static final int M_TOP_PAD = -2;
    private static final int M_MMAP_MAX = -4;
    private static final int PRIO_PROCESS = 0;
    private static final int THIS_THREAD = 0;
    /** A tenth of what a thread that others wait for gets, so that no load stops a training altogether. */
    private static final int BACKGROUND_PRIORITY = 10;

    private static final int TOP_PAD_BYTES = 64 * 1024 * 1024;

    /** Holds a folder for each cache that the kernel knows of. */
    private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");

    private static boolean prepared;
    private static boolean heldToAvx;

    private NativeRuntime() {}

    /** Puts the settings in force; call it first thing in {@code main}, before anything else can load the engine. */
    public static synchronized void prepare() {
        if (prepared) {
            return;
        }
        prepared = true;
        String threads = Integer.toString(threads());
        // Nothing is ever downloaded, and DJL does not report its use.
        setPropertyIfAbsent("ai.djl.offline", "true");
        setPropertyIfAbsent("ai.djl.pytorch.graph_optimizer", "false");
        setPropertyIfAbsent("ai.djl.pytorch.num_threads", threads);
        if (!Platform.isWindows()) {
            CLibrary c = Native.load("c", CLibrary.class);
            c.setenv("OMP_WAIT_POLICY", "PASSIVE", 0);
            c.setenv("OMP_NUM_THREADS", threads, 0);
            if (Platform.isLinux()) {
                tuneAllocator(c);
                heldToAvx =
                        Platform.isIntel() && Files.notExists(CACHES) && System.getenv("ONEDNN_MAX_CPU_ISA") == null;
                if (heldToAvx) {
                    c.setenv("ONEDNN_MAX_CPU_ISA", "AVX", 0);
                }
            }
        }
    }

    /**
     * The threads of a forward pass, on any engine: {@code OMP_NUM_THREADS}, else the CPUs that the container or the
     * machine grants this process.
     */
    public static int threads() {
        String set = System.getenv().getOrDefault("OMP_NUM_THREADS", "");
        return NUMBER.matcher(set).matches()
                ? Integer.parseInt(set)
                : Runtime.getRuntime().availableProcessors();
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

    /**
     * Lets all other threads go before this one where they want the CPU too. On Linux a thread's native threads, those
     * of OpenMP and of ONNX Runtime sessions, inherit that from the thread that makes them; elsewhere nothing changes.
     */
    static void yieldToOthers() {
        if (Platform.isLinux()) {
            Native.load("c", CLibrary.class).setpriority(PRIO_PROCESS, THIS_THREAD, BACKGROUND_PRIORITY);
        }
    }

    /** Whether PyTorch's convolutions are slow here, as the machine hides the caches of its CPU. */
    public static synchronized boolean isHeldToAvx() {
        prepare();
        return heldToAvx;
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
            malloptUnlessSet(c, "MALLOC_MMAP_MAX_", M_MMAP_MAX, 0);
            // An int ends at 2 GB: more than is ever free at once.
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

        int setpriority(int which, int who, int priority);
    }
}
