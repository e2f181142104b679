package usher.bench.peers;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/// Vert.x with one event loop over the native transport: `PORT`. The blocking path goes to its
/// worker threads.
public final class VertxPeer {
  private VertxPeer() {}

  public static void main(String[] arguments) {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(Hello.port(arguments))
            .setAcceptBacklog(Hello.BACKLOG);
    var _ =
        vertx
            .createHttpServer(options)
            .requestHandler(request -> route(vertx, request))
            .listen()
            .onFailure(VertxPeer::end);
  }

  private static void route(Vertx vertx, HttpServerRequest request) {
    if (request.path().equals(Hello.BLOCKING)) {
      var _ =
          vertx
              .executeBlocking(() -> Hello.TEXT, false)
              .onSuccess(text -> answer(request, text))
              .onFailure(cause -> request.response().setStatusCode(500).end());
    } else {
      answer(request, Hello.TEXT);
    }
  }

  private static void answer(HttpServerRequest request, String text) {
    var _ = request.response().putHeader("Content-Type", Hello.TYPE).end(text);
  }

  private static void end(Throwable cause) {
    System.err.println(cause);
    System.exit(1);
  }
}
