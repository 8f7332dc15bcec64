import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;

public class Main {
    interface Attempt { void make() throws Throwable; }

    static void attempt(String name, Attempt attempt) {
        try {
            attempt.make();
            System.out.println(name + " worked");
        } catch (Throwable error) {
            System.out.println(name + " refused");
        }
    }

    public static void main(String[] arguments) {
        attempt("connect", () -> new Socket(InetAddress.getLoopbackAddress(), 22));
        attempt("listen", () -> new ServerSocket(0));
        attempt("shadow", () -> Files.readAllBytes(Path.of("/etc/shadow")));
        attempt("init", () -> Files.readAllBytes(Path.of("/proc/1/environ")));
        attempt("runner", () -> Files.readAllBytes(Path.of("/oj/runner")));
        attempt("write", () -> Files.writeString(Path.of("/box/left"), "x"));
        attempt("kill", () -> { if (new ProcessBuilder("/bin/kill", "-9", "1").start().waitFor() != 0) throw new Exception(); });
        System.out.println(new File("/sys/fs/cgroup").exists() + " " + new File("/home").exists());
        System.out.println(new TreeSet<>(System.getenv().keySet()));
    }
}
