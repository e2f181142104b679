package usher.http.contract;

import usher.testkit.contract.ModelContract;

final class HttpIterativeContractTest extends ModelContract {
  HttpIterativeContractTest() {
    super(HttpSuite.suite(), "iterative");
  }
}
