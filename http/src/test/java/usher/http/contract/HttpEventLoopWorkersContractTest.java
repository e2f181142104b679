package usher.http.contract;

import usher.testkit.contract.ModelContract;

final class HttpEventLoopWorkersContractTest extends ModelContract {
  HttpEventLoopWorkersContractTest() {
    super(HttpSuite.suite(), "event-loop-workers");
  }
}
