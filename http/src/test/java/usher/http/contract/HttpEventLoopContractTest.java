package usher.http.contract;

import usher.testkit.contract.ModelContract;

final class HttpEventLoopContractTest extends ModelContract {
  HttpEventLoopContractTest() {
    super(HttpSuite.suite(), "event-loop");
  }
}
