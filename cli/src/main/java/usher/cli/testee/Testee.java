package usher.cli.testee;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import usher.http.HttpException;
import usher.http.HttpHandler;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.http.ResponseBody;
import usher.http.route.Router;

/// The doors that outside tools are let in by. Their paths are written down in
/// `docs/guide/command.md`; they stay as they are, since suites that we do not own rely on them.
/// Any method will do for all of them.
public final class Testee {
  private static final int LONGEST = 600_000;
  private static final String GREETING = "Hello, World!";

  private Testee() {}

  /// All of them.
  ///
  /// @param files serves `/static/`
  public static HttpHandler over(HttpHandler files) {
    return Router.builder()
        .any("/", HttpHandler.blocking(Testee::echo))
        .any("/hello", HttpHandler.inline(request -> HttpResponse.text(GREETING)))
        .any("/hello-blocking", HttpHandler.blocking(request -> HttpResponse.text(GREETING)))
        .any("/dump", HttpHandler.blocking(new Dump()))
        .any("/slow", HttpHandler.blocking(Testee::slow))
        .any("/burn", HttpHandler.blocking(Testee::burn))
        .any("/work", HttpHandler.blocking(Testee::work))
        .any("/async", HttpHandler.async(Testee::async))
        .any("/stream", HttpHandler.inline(Testee::stream))
        .any("/fail", HttpHandler.blocking(Testee::fail))
        .mount("/static", files)
        .build();
  }

  private static HttpResponse echo(HttpRequest request) {
    String type = request.header("content-type");
    return HttpResponse.of(
        type == null ? "application/octet-stream" : type, Bodies.same(request.body()));
  }

  private static HttpResponse slow(HttpRequest request) throws InterruptedException {
    int millis = number(request, "ms", LONGEST);
    Thread.sleep(millis);
    return HttpResponse.text("slept for " + millis + " ms\n");
  }

  /// An amount of work, which takes longer where others want the core too; `/burn` goes by the
  /// clock.
  private static HttpResponse work(HttpRequest request) {
    int rounds = number(request, "rounds", Integer.MAX_VALUE);
    long sum = 0;
    for (int i = 0; i < rounds; i++) {
      sum = sum * 31 + i;
    }
    return HttpResponse.text("worked for " + rounds + " rounds, to " + sum + "\n");
  }

  private static HttpResponse burn(HttpRequest request) {
    int millis = number(request, "ms", LONGEST);
    long start = System.nanoTime();
    long rounds = 0;
    while (System.nanoTime() - start < millis * 1_000_000L) {
      rounds++;
    }
    return HttpResponse.text("computed for " + millis + " ms, " + rounds + " rounds\n");
  }

  private static HttpResponse fail(HttpRequest request) {
    throw new IllegalStateException("asked to fail by " + request);
  }

  private static HttpResponse stream(HttpRequest request) {
    ResponseBody body = Bodies.letters(number(request, "bytes", Integer.MAX_VALUE));
    return HttpResponse.of("text/plain; charset=utf-8", body);
  }

  private static CompletableFuture<HttpResponse> async(HttpRequest request) {
    int millis = number(request, "ms", LONGEST);
    Executor later = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
    return CompletableFuture.supplyAsync(
        () -> HttpResponse.text("answered after " + millis + " ms\n"), later);
  }

  /// A number in the query; 0 where it is not said.
  private static int number(HttpRequest request, String name, int most) {
    String text = request.query(name);
    if (text == null) {
      return 0;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException none) {
      // Falls through to the refusal.
    }
    throw new HttpException(400, name + " is a number from 0 to " + most);
  }
}
