package usher.lab.subject;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import usher.http.HttpException;
import usher.http.HttpHandler;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.http.ResponseBody;
import usher.http.route.Router;

/// What the built-in workloads ask for. Each target is one kind of work:
///
/// | target | work | may hold its thread |
/// |---|---|---|
/// | `/hello` | none: a tiny answer | no |
/// | `/wait?ms=50` | blocks, as a query of a database does | yes |
/// | `/compute?ms=5` | computes for so long | yes |
/// | `/bytes?n=1000000` | an answer of this length, from memory | no |
/// | `/static/NAME` | a file | as files are served |
/// | `/upload` | takes a body | no |
/// | `/fail` | throws | no |
final class Exercises {
  private static final int LONGEST_MILLIS = 60_000;
  private static final int MOST_BYTES = 16 << 20;
  private static final int PIECE = 64 * 1024;

  private final Work work;

  private Exercises(Work work) {
    this.work = work;
  }

  /// All of them.
  ///
  /// @param files serves `/static`
  static HttpHandler http(Work work, HttpHandler files) {
    var exercises = new Exercises(work);
    ByteBuffer zeros = ByteBuffer.allocate(MOST_BYTES);
    return Router.builder()
        .any("/hello", HttpHandler.inline(request -> HttpResponse.text("Hello, World!")))
        .any("/wait", HttpHandler.blocking(Exercises::wait))
        .any("/compute", HttpHandler.blocking(exercises::compute))
        .any("/bytes", HttpHandler.inline(request -> bytes(request, zeros)))
        .any("/upload", HttpHandler.inline(Exercises::upload))
        .any("/fail", HttpHandler.inline(Exercises::fail))
        .mount("/static", files)
        .build();
  }

  /// Sends what came.
  static void echo(InputStream in, OutputStream out) throws IOException {
    byte[] piece = new byte[PIECE];
    int count;
    while ((count = in.read(piece)) > 0) {
      out.write(piece, 0, count);
      out.flush();
    }
  }

  private static HttpResponse wait(HttpRequest request) throws InterruptedException {
    Thread.sleep(number(request, "ms", LONGEST_MILLIS));
    return HttpResponse.text("waited");
  }

  private HttpResponse compute(HttpRequest request) {
    return HttpResponse.text("computed " + work.run(number(request, "ms", LONGEST_MILLIS)));
  }

  private static HttpResponse bytes(HttpRequest request, ByteBuffer zeros) {
    int count = number(request, "n", MOST_BYTES);
    return HttpResponse.of(
        "application/octet-stream", new ResponseBody.Bytes(zeros.slice(0, count)));
  }

  private static HttpResponse upload(HttpRequest request) {
    return HttpResponse.text("" + request.body().length());
  }

  private static HttpResponse fail(HttpRequest request) {
    throw new IllegalStateException("this target fails");
  }

  private static int number(HttpRequest request, String name, int most) {
    String text = request.query(name);
    try {
      int number = Integer.parseInt(text == null ? "" : text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException none) {
      // Said below.
    }
    throw new HttpException(400, name + " is a number from 0 to " + most);
  }
}
