package usher.http.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import usher.http.HttpException;
import usher.http.HttpHandler;
import usher.http.HttpProtocol;
import usher.http.HttpResponse;
import usher.http.ResponseBody;
import usher.server.Drained;
import usher.server.Model;
import usher.server.Server;
import usher.session.Cause;
import usher.session.Limits;
import usher.session.Timeouts;
import usher.testkit.Await;
import usher.testkit.contract.Behaviour;
import usher.testkit.contract.Board;
import usher.testkit.contract.Expect;
import usher.testkit.contract.Trial;

/// Refusals, failures and partings: each client is told what is wrong, and no other one notices.
final class Refusing {
  private Refusing() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("what is no request is refused, and the connection ends", Refusing::malformed),
        Behaviour.of("a head or a body that is too large is refused", Refusing::tooLarge),
        Behaviour.of("a head that comes too slowly is refused", Refusing::slowHead),
        Behaviour.of("a body that comes too slowly is refused", Refusing::slowBody),
        Behaviour.of("an idle client is let go without a word", Refusing::idle),
        Behaviour.of(
            "a handler that fails makes a 500, told once, and nothing else", Refusing::fails),
        Behaviour.of(
            "a body that fails in the midst of it breaks the connection", Refusing::midBody),
        Behaviour.of(
            "a file that shrinks while it is sent breaks the connection", Refusing::shrinks),
        Behaviour.of("a client that leaves in mid-answer harms nobody", Refusing::leaves),
        Behaviour.of("a client that reads nothing of its answer is cut", Refusing::stalls),
        Behaviour.of("a client that finds all workers busy is told so", Refusing::busyWorkers)
            .notUnder(
                model -> !(model instanceof Model.EventLoopWorkers),
                "no call waits for a thread here"),
        Behaviour.of("a client that finds all threads busy is told so", Refusing::busyThreads)
            .notUnder(
                model -> !(model instanceof Model.ThreadPool), "no client waits for a thread here"),
        Behaviour.of("a drain lets an idle client go", Refusing::drainsIdle),
        Behaviour.of(
            "a request that comes while its client is let go is answered, and says close",
            Refusing::drainsArriving),
        Behaviour.of("a drain waits for the answer in flight, which says close", Refusing::drains));
  }

  private static HttpProtocol hello() {
    return Answering.http(_ -> Answering.HELLO);
  }

  private static void malformed(Trial trial) throws Exception {
    trial.serve(hello());
    Map<String, Integer> requests =
        Map.of(
            "no request\r\n\r\n",
            400,
            "GET / HTTP/1.1\r\n\r\n",
            400,
            "GET / HTTP/2.0\r\nHost: trial\r\n\r\n",
            505,
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            400,
            "GET / HTTP/1.1\r\nHost : trial\r\n\r\n",
            400);
    int ends = 0;
    for (Map.Entry<String, Integer> request : requests.entrySet()) {
      try (Web web = Web.of(trial)) {
        // What follows must not be taken for a request, and must not destroy the answer.
        Web.Answer answer = web.ask(request.getKey() + Web.get("/hello").repeat(1000));
        Expect.equal("status of " + request.getKey(), request.getValue(), answer.status());
        Expect.that("it says that it closes", answer.closes());
        web.client().expectEnd();
      }
      trial.witness().awaitClosed(++ends);
    }
    Answering.servesOthers(trial);
  }

  private static void tooLarge(Trial trial) throws Exception {
    trial.serve(
        Answering.http(_ -> request -> HttpResponse.text(request.body().text())),
        server ->
            server.limits(
                Limits.DEFAULT.withHeadBytes(1000).withHeadFields(10).withBodyBytes(100)));
    refused(trial, "GET / HTTP/1.1\r\nHost: trial\r\nX: " + "x".repeat(1000) + "\r\n\r\n", 431);
    refused(trial, "GET / HTTP/1.1\r\nHost: trial\r\n" + "A: b\r\n".repeat(10) + "\r\n", 431);
    refused(trial, "GET /" + "x".repeat(2000) + " HTTP/1.1\r\nHost: trial\r\n\r\n", 414);
    refused(trial, Web.post("/", "x".repeat(101)), 413);
    try (Web web = Web.of(trial)) {
      Expect.equal(
          "a body that just fits", 100, web.ask(Web.post("/", "x".repeat(100))).body().length);
    }
  }

  private static void refused(Trial trial, String request, int status) throws IOException {
    try (Web web = Web.of(trial)) {
      Web.Answer answer = web.ask(request);
      Expect.equal("status", status, answer.status());
      Expect.that("it says that it closes", answer.closes());
      web.client().expectEnd();
    }
  }

  private static void slowHead(Trial trial) throws Exception {
    trial.serve(hello(), server -> server.timeouts(Timeouts.DEFAULT.withHead(trial.soon())));
    try (Web web = Web.of(trial)) {
      web.client().send("GET / HT");
      Expect.equal("status", 408, web.answer().status());
      web.client().expectEnd();
    }
  }

  private static void slowBody(Trial trial) throws Exception {
    trial.serve(
        Answering.http(_ -> request -> HttpResponse.text(request.body().text())),
        server -> server.timeouts(Timeouts.DEFAULT.withBody(trial.soon(), 1_000_000)));
    try (Web web = Web.of(trial)) {
      web.client().send("POST / HTTP/1.1\r\nHost: trial\r\nContent-Length: 5\r\n\r\nabc");
      Expect.equal("status", 408, web.answer().status());
      web.client().expectEnd();
    }
  }

  private static void idle(Trial trial) throws Exception {
    trial.serve(hello(), server -> server.timeouts(Timeouts.DEFAULT.withIdle(trial.soon())));
    try (Web web = Web.of(trial)) {
      web.client().expectEnd();
    }
    try (Web web = Web.of(trial)) {
      Expect.equal("body", "hello", web.ask(Web.get("/hello")).text());
      web.client().expectEnd();
    }
    Expect.equal(
        "ends", List.of(Cause.Kind.FINISHED, Cause.Kind.FINISHED), trial.witness().awaitClosed(2));
  }

  private static void fails(Trial trial) throws Exception {
    List<Supplier<Throwable>> throwables =
        List.of(
            () -> new Exception("made for this trial"),
            () -> new StackOverflowError("made for this trial"),
            () -> new OutOfMemoryError("made for this trial"));
    List<Class<?>> classes = throwables.stream().<Class<?>>map(it -> it.get().getClass()).toList();
    List<Board.Counter> told = classes.stream().map(_ -> trial.board().counter()).toList();
    trial.serve(
        Answering.http(
                path ->
                    switch (path) {
                      case "/blocking" -> failing(throwables);
                      case "/inline" -> HttpHandler.inline(failing(throwables));
                      case "/async" ->
                          HttpHandler.async(
                              request ->
                                  CompletableFuture.failedStage(
                                      throwables
                                          .get(Integer.parseInt("" + request.query()))
                                          .get()));
                      case "/forbidden" ->
                          _ -> {
                            throw new HttpException(403, "not for you");
                          };
                      default -> Answering.HELLO;
                    })
            .withFailures((_, thrown) -> told.get(classes.indexOf(thrown.getClass())).add(1)));
    int rounds = 0;
    try (Web web = Web.of(trial)) {
      for (String kind : List.of("inline", "blocking", "async")) {
        for (int i = 0; i < throwables.size(); i++) {
          Web.Answer answer = web.ask(Web.get("/" + kind + "?" + i));
          Expect.equal("status of " + kind + " " + i, 500, answer.status());
          Expect.equal("told of this kind of failure", rounds + 1L, told.get(i).value());
          Expect.equal("afterwards", "hello", web.ask(Web.get("/hello")).text());
        }
        rounds++;
      }
      Expect.equal("a status of its own", 403, web.ask(Web.get("/forbidden")).status());
      Expect.equal(
          "failures told",
          (long) rounds * throwables.size(),
          told.stream().mapToLong(Board.Counter::value).sum());
    }
  }

  private static HttpHandler failing(List<Supplier<Throwable>> throwables) {
    return request -> {
      switch (throwables.get(Integer.parseInt("" + request.query())).get()) {
        case Exception exception -> throw exception;
        case Error error -> throw error;
        case Throwable other -> throw new AssertionError(other);
      }
    };
  }

  private static void midBody(Trial trial) throws Exception {
    Board.Counter told = trial.board().counter();
    trial.serve(
        Answering.http(
                path ->
                    path.equals("/hello")
                        ? Answering.HELLO
                        : _ -> HttpResponse.of("text/plain", new Breaking()))
            .withFailures((_, _) -> told.add(1)));
    try (Web web = Web.of(trial)) {
      web.client().send(Web.get("/break"));
      Expect.thrown("an answer that is not whole", Throwable.class, web::answer);
      web.client().expectGone();
    }
    trial.witness().awaitClosed(1);
    Answering.servesOthers(trial);
    Expect.equal("failures told", 1L, told.value());
  }

  private static final class Breaking implements ResponseBody.Source {
    private int left = 3;

    @Override
    public int pull(ByteBuffer into) throws IOException {
      if (left-- == 0) {
        throw new IOException("made for this trial");
      }
      into.put(new byte[100]);
      return 100;
    }
  }

  private static void shrinks(Trial trial) throws Exception {
    Path path = trial.board().path();
    long size = 256L << 20;
    trial.outside(
        () -> {
          try (FileChannel file =
              FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            int _ = file.write(ByteBuffer.allocate(1), size - 1);
          }
        });
    trial.serve(
        Answering.http(
            asked ->
                asked.equals("/hello")
                    ? Answering.HELLO
                    : _ -> HttpResponse.file("application/octet-stream", path)));
    try (Web web = Web.of(trial)) {
      web.client().send(Web.get("/file"));
      byte[] _ = web.client().take(1000);
      try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
        file.truncate(2000);
      }
      Expect.atMost("bytes of a file that has not as many", size - 1, web.client().count());
    }
    trial.witness().awaitClosed(1);
    Answering.servesOthers(trial);
    Expect.equal("failures told", 1, trial.witness().failures().size());
  }

  private static void leaves(Trial trial) throws Exception {
    byte[] much = new byte[32 << 20];
    trial.serve(
        Answering.http(
            path ->
                path.equals("/hello")
                    ? Answering.HELLO
                    : _ -> HttpResponse.bytes("application/octet-stream", much)));
    for (int i = 0; i < 3; i++) {
      Web web = Web.of(trial);
      web.client().send(Web.get("/much"));
      byte[] _ = web.client().take(1000);
      web.client().reset();
      trial.witness().awaitClosed(2 * i + 1);
      Answering.servesOthers(trial);
      trial.witness().awaitClosed(2 * i + 2);
    }
    Expect.equal("failures of ours", List.of(), trial.witness().failures());
  }

  private static void stalls(Trial trial) throws Exception {
    byte[] much = new byte[48 << 20];
    trial.serve(
        Answering.http(_ -> _ -> HttpResponse.bytes("application/octet-stream", much)),
        server -> server.timeouts(Timeouts.DEFAULT.withStall(Duration.ofMillis(60))));
    try (Web web = Web.of(trial)) {
      web.client().send(Web.get("/much"));
      Expect.equal("ends", List.of(Cause.Kind.OVERDUE), trial.witness().awaitClosed(1));
    }
  }

  private static void busyWorkers(Trial trial) throws Exception {
    trial.model(new Model.EventLoopWorkers(1));
    CountDownLatch running = trial.latch();
    CountDownLatch latch = trial.latch();
    trial.serve(
        Answering.http(
            path ->
                path.equals("/hello")
                    ? Answering.HELLO
                    : _ -> {
                      running.countDown();
                      Trial.await(latch);
                      return HttpResponse.text("at last");
                    }),
        server -> server.limits(Limits.DEFAULT.withQueue(1)));
    Web first = Web.of(trial);
    first.client().send(Web.get("/block"));
    Trial.await(running);
    Web second = Web.of(trial);
    second.client().send(Web.get("/block"));
    Web third = Web.of(trial);
    third.client().send(Web.get("/block"));
    Await.until("a refusal", Trial.LONG, () -> trial.witness().refusals() == 1);
    Answering.servesOthers(trial);
    latch.countDown();
    Expect.equal("body", "at last", first.answer().text());
    List<Web.Answer> answers = List.of(second.answer(), third.answer());
    Expect.equal(
        "one waited, one was told",
        List.of(200, 503),
        answers.stream().map(Web.Answer::status).sorted().toList());
    Expect.that(
        "when to come again",
        answers.stream().anyMatch(answer -> !answer.field("retry-after").isEmpty()));
  }

  private static void busyThreads(Trial trial) throws Exception {
    trial.model(new Model.ThreadPool(1));
    trial.serve(hello(), server -> server.limits(Limits.DEFAULT.withQueue(1)));
    Web served = Web.of(trial);
    Expect.equal("body", "hello", served.ask(Web.get("/hello")).text());
    Web queued = Web.of(trial);
    queued.client().send(Web.get("/hello"));
    try (Web refused = Web.of(trial)) {
      Web.Answer answer = refused.ask(Web.get("/hello"));
      Expect.equal("status", 503, answer.status());
      Expect.that("when to come again", !answer.field("retry-after").isEmpty());
      refused.client().expectEnd();
    }
    served.close();
    Expect.equal("body after the wait", "hello", queued.answer().text());
  }

  private static void drainsIdle(Trial trial) throws Exception {
    Server server = trial.serve(hello());
    try (Web web = Web.of(trial)) {
      Expect.equal("body", "hello", web.ask(Web.get("/hello")).text());
      Drained drained = trial.drain(server, web.client()::expectEnd);
      Expect.equal("drained", new Drained(1, 0), drained);
    }
  }

  private static void drainsArriving(Trial trial) throws Exception {
    Server server =
        trial.serve(hello(), it -> it.timeouts(Timeouts.DEFAULT.withParting(Trial.LONG)));
    try (Web web = Web.of(trial)) {
      Expect.equal("body", "hello", web.ask(Web.get("/hello")).text());
      Drained drained =
          trial.drain(
              server,
              () -> {
                Await.until("the door is closed", Trial.LONG, () -> closed(trial));
                Web.Answer last = web.ask(Web.get("/hello"));
                while (!last.closes()) {
                  // The door closes a moment before this client is told.
                  last = web.ask(Web.get("/hello"));
                }
                Expect.equal("body", "hello", last.text());
                web.client().expectEnd();
              });
      Expect.equal("cut", 0, drained.cut());
    }
  }

  private static void drains(Trial trial) throws Exception {
    Board.Word answer = trial.board().word();
    CountDownLatch asked = trial.latch();
    Server server =
        trial.serve(
            Answering.http(
                _ ->
                    HttpHandler.async(
                        _ -> {
                          asked.countDown();
                          return answer.stage().thenApply(HttpResponse::text);
                        })));
    try (Web web = Web.of(trial)) {
      web.client().send(Web.get("/later"));
      Trial.await(asked);
      Drained drained =
          trial.drain(
              server,
              () -> {
                // Nobody is let in any more: so the drain has begun.
                Await.until("the door is closed", Trial.LONG, () -> closed(trial));
                answer.say("in time");
                Expect.equal("body", "in time", web.answer().text());
                web.client().expectEnd();
              });
      Expect.equal("cut", 0, drained.cut());
    }
  }

  /// Knocks and leaves. A client that comes while a listener closes may be left hanging by the
  /// kernel, neither served nor reset, so only a refusal counts.
  private static boolean closed(Trial trial) {
    try (Web _ = Web.of(trial)) {
      return false;
    } catch (IOException refused) {
      return true;
    }
  }
}
