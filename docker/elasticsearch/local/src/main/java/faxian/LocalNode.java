package faxian;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.elasticsearch.Version;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.node.NodeValidationException;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * Runs one Elasticsearch node in the foreground, on this machine only, until it is told to stop.
 *
 * <p>Arguments: home folder (holds modules/), data folder, HTTP port. The server's own entry point is not used: it
 * expects the command line of the distribution, which no registry carries, and it would install a security manager
 * whose rules come with that distribution.
 */
public final class LocalNode {
    private static final String NAME = "faxian-local";
    private static final String HOST = "127.0.0.1";
    private static final long CLOSE_SECONDS = 20;

    private LocalNode() {}

    private static final class PortTaken extends RuntimeException {
        PortTaken(String message) {
            super(message);
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        long begun = System.nanoTime();
        Path home = Path.of(arguments[0]).toAbsolutePath();
        Path data = Path.of(arguments[1]).toAbsolutePath();
        int port = Integer.parseInt(arguments[2]);
        try {
            checkFree(port);
            Files.createDirectories(home.resolve("config"));
            Files.createDirectories(data);
            Node node = start(home, data, port);
            CountDownLatch closed = closeWithProcess(node);
            say("Elasticsearch %s on http://%s:%d, data in %s (started in %.1f s; Ctrl-C stops it)".formatted(
                Version.CURRENT, HOST, port, data, (System.nanoTime() - begun) / 1e9));
            closed.await();
        } catch (IOException | NodeValidationException | RuntimeException error) {
            fail(error, port, data);
        }
    }

    private static Node start(Path home, Path data, int port) throws NodeValidationException {
        Settings settings = Settings.builder()
            .put("path.home", home)
            .put("path.data", data)
            .put("path.logs", data.resolve("logs"))
            .put("cluster.name", NAME)
            .put("node.name", NAME)
            .put("discovery.type", "single-node")
            .put("network.host", HOST)
            .put("http.port", port)
            .put("transport.port", 0)
            // a developer's disk is often nearly full; the node would answer writes with an error
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .build();
        LogConfigurator.configureESLogging();
        Environment environment =
            InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), home.resolve("config"), () -> NAME);
        PluginsLoader modules = PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(environment.modulesDir()),
            PluginsLoader.loadPluginsBundles(environment.pluginsDir()),
            Map.of());
        return new Node(environment, modules).start();
    }

    /** The node would take a second or two and a page of stack trace to say the same. */
    private static void checkFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
        } catch (IOException error) {
            throw new PortTaken(
                "port %d on %s is taken (%s); stop what runs there or choose another with ES_PORT".formatted(
                    port, HOST, error.getMessage()));
        }
    }

    private static CountDownLatch closeWithProcess(Node node) {
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.prepareForClose();
                node.close();
                if (!node.awaitClose(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                    say("still busy after %d s, stopping anyway; nothing acknowledged is lost".formatted(CLOSE_SECONDS));
                }
            } catch (IOException | InterruptedException error) {
                say("not closed in order: " + error);
            }
            closed.countDown();
        }, "close"));
        return closed;
    }

    private static void fail(Exception error, int port, Path data) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String what = cause instanceof PortTaken ? cause.getMessage()
            : String.valueOf(error.getMessage()).contains("node locks")
                ? "data folder %s is in use by another node; stop it or choose another with ES_DATA".formatted(data)
                : "cannot start on port %d with data in %s: %s (ES_DEBUG=1 shows where)".formatted(port, data, cause);
        say(what);
        if (System.getenv("ES_DEBUG") != null) {
            error.printStackTrace();
        }
        Runtime.getRuntime().halt(1); // threads of a half-started node would keep the process
    }

    private static void say(String line) {
        System.err.println("elasticsearch: " + line);
    }
}
