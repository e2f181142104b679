package usher.http.contract;

import usher.testkit.contract.ModelContract;

final class HttpThreadPoolContractTest extends ModelContract {
  HttpThreadPoolContractTest() {
    super(HttpSuite.suite(), "thread-pool");
  }
}
