package usher.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import usher.http.HttpHandler;
import usher.http.HttpProtocol;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.session.Limits;
import usher.testkit.drive.Cuts;
import usher.testkit.drive.HttpOracle;

/// An HTTP connection that is sent any bytes, judged by the [HttpOracle]: nothing is thrown, what
/// is answered is whole responses, never `500`, and the same comes out however the bytes are cut.
final class HttpFuzzTest {
  /// Small, so that they are met.
  private static final Limits LIMITS =
      Limits.DEFAULT
          .withHeadBytes(600)
          .withHeadFields(12)
          .withBodyBytes(4_000)
          .withBodyMemory(1_024);

  /// Answers with all that it understood, so that what is understood is compared, too.
  private static final HttpProtocol MIRROR =
      HttpProtocol.of(
              HttpHandler.inline(
                  request ->
                      HttpResponse.text(described(request)).header("X-Method", request.method())))
          .withFailures(
              (request, thrown) -> {
                throw new AssertionError("failed: " + request, thrown);
              });

  private static String described(HttpRequest request) {
    return request
        + "\n"
        + request.host()
        + "\n"
        + request.headers()
        + "\n"
        + request.body().text()
        + "\n"
        + request.trailers();
  }

  @FuzzTest(maxDuration = "2m")
  @DictionaryEntries(
      // In the form of libFuzzer dictionaries.
      value = {
        "GET ",
        "HEAD ",
        "POST ",
        "OPTIONS * ",
        "CONNECT x:1 ",
        " HTTP/1.1\\x0D\\x0A",
        " HTTP/1.0\\x0D\\x0A",
        "\\x0D\\x0A\\x0D\\x0A",
        "Host: x\\x0D\\x0A",
        "Content-Length: ",
        "Transfer-Encoding: chunked\\x0D\\x0A",
        "Expect: 100-continue\\x0D\\x0A",
        "Connection: close\\x0D\\x0A",
        "Connection: keep-alive\\x0D\\x0A",
        "0\\x0D\\x0A\\x0D\\x0A",
        "5;a=\\x22b\\x22\\x0D\\x0Ahello\\x0D\\x0A",
        "Trailer: a\\x0D\\x0A",
        "http://x/",
        "%00",
        "\\x0D\\x0A ",
        "18446744073709551616"
      })
  void any_bytes_are_answered_or_refused_the_same_at_every_cut(byte[] bytes) {
    var oracle = new HttpOracle(MIRROR, LIMITS);
    int half = bytes.length / 2;
    oracle.judge(bytes, half == 0 ? List.of() : List.of(half));
    oracle.judge(bytes, Cuts.each(bytes.length));
  }
}
