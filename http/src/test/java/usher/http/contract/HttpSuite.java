package usher.http.contract;

import java.util.List;
import usher.testkit.contract.Suite;

/// The behaviours of HTTP, in the order of the page.
final class HttpSuite {
  /// For programs that make it once more.
  static final String MAKER = HttpSuite.class.getName() + "#suite";

  private HttpSuite() {}

  static Suite suite() {
    return new Suite(
        "http",
        "HTTP",
        List.of(
            new Suite.Group("Requests and answers", Answering.all()),
            new Suite.Group("Refusals, failures, partings", Refusing.all())));
  }
}
