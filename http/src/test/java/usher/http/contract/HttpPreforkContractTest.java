package usher.http.contract;

import usher.testkit.contract.ModelContract;

final class HttpPreforkContractTest extends ModelContract {
  HttpPreforkContractTest() {
    super(HttpSuite.suite(), "prefork", HttpSuite.MAKER);
  }
}
