package usher.http.contract;

import usher.testkit.contract.ModelContract;

final class HttpProcessPerConnectionContractTest extends ModelContract {
  HttpProcessPerConnectionContractTest() {
    super(HttpSuite.suite(), "process-per-connection", HttpSuite.MAKER);
  }
}
