package usher.bench.micro;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The requests that the benchmarks are fed.
final class Requests {
  private Requests() {}

  /// What a load generator sends.
  static byte[] small() {
    return "GET /hello HTTP/1.1\r\nHost: 127.0.0.1:20000\r\n\r\n"
        .getBytes(StandardCharsets.US_ASCII);
  }

  /// The same request several times over, as a client that pipelines sends it.
  static byte[] repeated(byte[] request, int times) {
    ByteBuffer all = ByteBuffer.allocate(request.length * times);
    for (int i = 0; i < times; i++) {
      all.put(request);
    }
    return all.array();
  }

  /// What a browser sends for a page: nine headers, some four hundred bytes.
  static byte[] typical() {
    return """
        GET /docs/guide/index.html?from=search HTTP/1.1
        Host: www.example.org
        User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0
        Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
        Accept-Language: en-GB,en;q=0.5
        Accept-Encoding: gzip, deflate, br
        Connection: keep-alive
        Referer: https://www.example.org/docs/
        Cookie: session=0123456789abcdef0123456789abcdef
        If-None-Match: "5f3a-62c8b1d0"

        """
        .replace("\n", "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
