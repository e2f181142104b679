package usher.http.contract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import usher.http.HttpHandler;
import usher.http.HttpProtocol;
import usher.http.HttpResponse;
import usher.http.ResponseBody;
import usher.http.Routed;
import usher.http.site.Site;
import usher.session.Capability;
import usher.testkit.contract.Behaviour;
import usher.testkit.contract.Expect;
import usher.testkit.contract.Trial;

/// Requests are answered, whatever kind of handler answers and however the bytes are cut.
final class Answering {
  static final int LARGE = 2 << 20;

  private Answering() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("a request is answered, and the connection kept", Answering::keepAlive),
        Behaviour.of("handlers of each kind answer", Answering::kinds),
        Behaviour.of("requests sent together are answered in their order", Answering::pipelining),
        Behaviour.of("a request may come a byte at a time", Answering::byteByByte),
        Behaviour.of("a body is given back, counted or in chunks", Answering::echoes),
        Behaviour.of("a body larger than memory allows goes by the disk", Answering::spooled),
        Behaviour.of("a client that waits for a word gets it before its body", Answering::waits),
        Behaviour.of("the answer to HEAD has no body", Answering::head),
        Behaviour.of("a client that says close is answered and left", Answering::close),
        Behaviour.of("a client of HTTP/1.0 is answered and left", Answering::old),
        Behaviour.of("a half-closed client gets all its answers", Answering::halfClosed),
        Behaviour.of(
            "a body that is pulled comes in chunks, as fast as it is read", Answering::pulled),
        Behaviour.of("a file is the body", Answering::file),
        Behaviour.of("a folder is a web site", Answering::site),
        Behaviour.of("a handler that blocks holds up no other client", Answering::blocksAlone)
            .needs(Capability.BLOCKING_ALONE));
  }

  /// Routes by the path, on the connection's owner.
  interface Paths {
    HttpHandler at(String path);
  }

  static HttpProtocol http(Paths paths) {
    return HttpProtocol.of(
        new HttpHandler() {
          @Override
          public HttpResponse handle(usher.http.HttpRequest request) {
            throw new AssertionError("only what is routed to is called");
          }

          @Override
          public Routed route(usher.http.HttpRequest head) {
            return new Routed(paths.at(head.path()), head);
          }
        });
  }

  static final HttpHandler HELLO = HttpHandler.inline(_ -> HttpResponse.text("hello"));

  /// Somebody else is served.
  static void servesOthers(Trial trial) throws IOException {
    try (Web other = Web.of(trial)) {
      Expect.equal("an answer for somebody else", "hello", other.ask(Web.get("/hello")).text());
    }
  }

  private static HttpHandler demo(String path) {
    return switch (path) {
      case "/blocking" -> request -> HttpResponse.text("blocking " + request.query());
      case "/async" ->
          HttpHandler.async(
              request ->
                  CompletableFuture.supplyAsync(
                      () -> HttpResponse.text("async " + request.query())));
      case "/done" ->
          HttpHandler.async(
              request ->
                  CompletableFuture.completedStage(HttpResponse.text("done " + request.query())));
      case "/inline" ->
          HttpHandler.inline(request -> HttpResponse.text("inline " + request.query()));
      case "/echo" ->
          request -> HttpResponse.bytes("application/octet-stream", request.body().bytes());
      default -> HELLO;
    };
  }

  private static void keepAlive(Trial trial) throws Exception {
    trial.serve(http(Answering::demo));
    try (Web web = Web.of(trial)) {
      for (int i = 0; i < 50; i++) {
        Web.Answer answer = web.ask(Web.get("/hello"));
        Expect.equal("status", 200, answer.status());
        Expect.equal("body", "hello", answer.text());
        Expect.that("the connection is kept", !answer.closes());
      }
    }
    trial.witness().awaitClosed(1);
  }

  private static void kinds(Trial trial) throws Exception {
    trial.serve(http(Answering::demo));
    try (Web web = Web.of(trial)) {
      for (int i = 0; i < 10; i++) {
        for (String kind : List.of("inline", "blocking", "async", "done")) {
          Expect.equal("body", kind + " " + i, web.ask(Web.get("/" + kind + "?" + i)).text());
        }
      }
    }
  }

  private static void pipelining(Trial trial) throws Exception {
    trial.serve(http(Answering::demo));
    List<String> kinds = List.of("inline", "blocking", "inline", "async", "done", "inline");
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      all.append(Web.get("/" + kinds.get(i % kinds.size()) + "?" + i));
    }
    try (Web web = Web.of(trial)) {
      Trial.Task sender = trial.start(() -> web.client().send(all.toString()));
      for (int i = 0; i < 600; i++) {
        Expect.equal("body", kinds.get(i % kinds.size()) + " " + i, web.answer().text());
      }
      sender.join();
    }
  }

  private static void byteByByte(Trial trial) throws Exception {
    trial.serve(http(Answering::demo));
    try (Web web = Web.of(trial)) {
      web.client().drip(Web.post("/echo", "some words"));
      Expect.equal("body", "some words", web.answer().text());
      web.client().drip(Web.get("/hello"));
      Expect.equal("body", "hello", web.answer().text());
    }
  }

  private static void echoes(Trial trial) throws Exception {
    trial.serve(http(Answering::demo));
    try (Web web = Web.of(trial)) {
      Expect.equal("body", "counted", web.ask(Web.post("/echo", "counted")).text());
      Web.Answer chunked =
          web.ask(
              """
              POST /echo HTTP/1.1\r
              Host: trial\r
              Transfer-Encoding: chunked\r
              \r
              3;note=one\r
              in \r
              6\r
              chunks\r
              0\r
              Trailer: there\r
              \r
              """);
      Expect.equal("body", "in chunks", chunked.text());
      Expect.equal("afterwards", "hello", web.ask(Web.get("/hello")).text());
    }
  }

  private static void spooled(Trial trial) throws Exception {
    Path folder = trial.board().path();
    trial.outside(() -> Files.createDirectory(folder));
    trial.serve(http(Answering::demo).withBodyFolder(folder));
    byte[] body = new byte[LARGE];
    new Random(LARGE).nextBytes(body);
    try (Web web = Web.of(trial)) {
      for (int i = 0; i < 2; i++) {
        Trial.Task sender =
            trial.start(
                () -> {
                  web.client()
                      .send(
                          "POST /echo HTTP/1.1\r\nHost: trial\r\nContent-Length: "
                              + LARGE
                              + "\r\n\r\n");
                  web.client().send(body);
                });
        Expect.that("the body comes back", Arrays.equals(body, web.answer().body()));
        sender.join();
      }
    }
    trial.witness().awaitClosed(1);
  }

  private static void waits(Trial trial) throws Exception {
    trial.serve(http(Answering::demo));
    try (Web web = Web.of(trial)) {
      web.client()
          .send(
              """
              POST /echo HTTP/1.1\r
              Host: trial\r
              Content-Length: 5\r
              Expect: 100-continue\r
              \r
              """);
      Expect.equal("first word", 100, web.answer().status());
      Expect.equal("body", "at it", web.ask("at it").text());
    }
  }

  private static void head(Trial trial) throws Exception {
    trial.serve(http(Answering::demo));
    try (Web web = Web.of(trial)) {
      web.client().send("HEAD /hello HTTP/1.1\r\nHost: trial\r\n\r\n" + Web.get("/hello"));
      Web.Answer head = web.headOnly();
      Expect.equal("status", 200, head.status());
      Expect.equal("length of what is not there", "5", head.field("content-length"));
      Expect.equal("the answer after it", "hello", web.answer().text());
    }
  }

  private static void close(Trial trial) throws Exception {
    trial.serve(http(Answering::demo));
    try (Web web = Web.of(trial)) {
      // What follows is read no more, and must not destroy the answer.
      web.client()
          .send(
              "GET /blocking?x HTTP/1.1\r\nHost: trial\r\nConnection: close\r\n\r\n"
                  + "x".repeat(200_000));
      Web.Answer answer = web.answer();
      Expect.equal("body", "blocking x", answer.text());
      Expect.that("it says that it closes", answer.closes());
      web.client().expectEnd();
    }
    trial.witness().awaitClosed(1);
  }

  private static void old(Trial trial) throws Exception {
    trial.serve(http(Answering::demo));
    try (Web web = Web.of(trial)) {
      Expect.equal("body", "hello", web.ask("GET /hello HTTP/1.0\r\n\r\n").text());
      web.client().expectEnd();
    }
  }

  private static void halfClosed(Trial trial) throws Exception {
    trial.serve(http(Answering::demo));
    try (Web web = Web.of(trial)) {
      web.client().send(Web.get("/blocking?1") + Web.get("/async?2") + Web.get("/inline?3"));
      web.client().end();
      for (String body : List.of("blocking 1", "async 2", "inline 3")) {
        Expect.equal("body", body, web.answer().text());
      }
      web.client().expectEnd();
    }
  }

  private static void pulled(Trial trial) throws Exception {
    byte[] body = new byte[LARGE];
    new Random(LARGE).nextBytes(body);
    trial.serve(
        http(
            path ->
                switch (path) {
                  case "/pull" ->
                      _ -> HttpResponse.of("application/octet-stream", new Pulled(body));
                  default -> HELLO;
                }));
    try (Web web = Web.of(trial)) {
      Web.Answer answer = web.ask(Web.get("/pull"));
      Expect.equal("coding", "chunked", answer.field("transfer-encoding"));
      Expect.that("the body", Arrays.equals(body, answer.body()));
      Expect.equal("afterwards", "hello", web.ask(Web.get("/hello")).text());
    }
  }

  /// Gives bytes in uneven parts.
  private static final class Pulled implements ResponseBody.Source {
    private final InputStream bytes;
    private int part;

    Pulled(byte[] bytes) {
      this.bytes = new ByteArrayInputStream(bytes);
    }

    @Override
    public int pull(ByteBuffer into) throws IOException {
      part = part % 5000 + 17;
      byte[] some = new byte[Math.min(part, into.remaining())];
      int count = bytes.read(some);
      if (count > 0) {
        into.put(some, 0, count);
      }
      return count;
    }
  }

  private static void file(Trial trial) throws Exception {
    byte[] bytes = new byte[LARGE];
    new Random(LARGE).nextBytes(bytes);
    Path path = trial.board().path();
    trial.outside(() -> Files.write(path, bytes));
    trial.serve(
        http(
            asked ->
                asked.equals("/hello")
                    ? HELLO
                    : _ -> HttpResponse.file("application/octet-stream", path)));
    try (Web web = Web.of(trial)) {
      for (int i = 0; i < 3; i++) {
        Expect.that("the file", Arrays.equals(bytes, web.ask(Web.get("/file")).body()));
        Expect.equal("afterwards", "hello", web.ask(Web.get("/hello")).text());
      }
    }
  }

  private static void site(Trial trial) throws Exception {
    Path folder = trial.board().path();
    byte[] image = new byte[100_000];
    new Random(1).nextBytes(image);
    trial.outside(
        () -> {
          Files.createDirectory(folder);
          Files.writeString(folder.resolve("index.html"), "<h1>hello</h1>");
          Files.write(folder.resolve("image.png"), image);
        });
    Site site = trial.hold(Site.of(folder));
    trial.serve(HttpProtocol.of(site));
    try (Web web = Web.of(trial)) {
      for (int i = 0; i < 3; i++) {
        Expect.equal("index", "<h1>hello</h1>", web.ask(Web.get("/")).text());
        Expect.that("image", Arrays.equals(image, web.ask(Web.get("/image.png")).body()));
        Expect.equal("no such file", 404, web.ask(Web.get("/nothing")).status());
        Expect.equal("no way out", 404, web.ask(Web.get("/../../etc/passwd")).status());
        Web.Answer part =
            web.ask("GET /image.png HTTP/1.1\r\nHost: trial\r\nRange: bytes=90000-\r\n\r\n");
        Expect.equal("part", 206, part.status());
        Expect.that(
            "its bytes",
            Arrays.equals(Arrays.copyOfRange(image, 90_000, image.length), part.body()));
      }
    }
  }

  private static void blocksAlone(Trial trial) throws Exception {
    CountDownLatch latch = trial.latch();
    trial.serve(
        http(
            path ->
                path.equals("/hello")
                    ? HELLO
                    : _ -> {
                      Trial.await(latch);
                      return HttpResponse.text("at last");
                    }));
    try (Web web = Web.of(trial)) {
      web.client().send(Web.get("/block"));
      for (int i = 0; i < 3; i++) {
        servesOthers(trial);
      }
      latch.countDown();
      Expect.equal("body", "at last", web.answer().text());
    }
  }
}
