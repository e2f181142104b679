package usher.http.contract;

import usher.testkit.contract.ModelContract;

final class HttpThreadPerConnectionContractTest extends ModelContract {
  HttpThreadPerConnectionContractTest() {
    super(HttpSuite.suite(), "thread-per-connection");
  }
}
