package usher.http.contract;

import usher.testkit.contract.ModelContract;

final class HttpVirtualThreadsContractTest extends ModelContract {
  HttpVirtualThreadsContractTest() {
    super(HttpSuite.suite(), "virtual-threads");
  }
}
