package usher.bench.peers;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.microhttp.EventLoop;
import org.microhttp.Header;
import org.microhttp.NoopLogger;
import org.microhttp.OptionsBuilder;
import org.microhttp.Response;

/// microhttp with one event loop: `PORT`.
public final class MicrohttpPeer {
  private MicrohttpPeer() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Response response =
        new Response(200, "OK", List.of(new Header("Content-Type", Hello.TYPE)), Hello.bytes());
    EventLoop loop =
        new EventLoop(
            OptionsBuilder.newBuilder()
                .withHost("127.0.0.1")
                .withPort(Hello.port(arguments))
                .withAcceptLength(Hello.BACKLOG)
                .withRequestTimeout(Duration.ofHours(1))
                .withConcurrency(1)
                .build(),
            NoopLogger.instance(),
            (request, callback) -> callback.accept(response));
    loop.start();
    loop.join();
  }
}
