/// What tests of sessions and models need.
module usher.testkit {
  requires transitive usher.core;
  requires static transitive org.jspecify;
  requires static transitive org.junit.jupiter.api;

  exports usher.testkit;
  exports usher.testkit.contract;
  exports usher.testkit.drive;
  exports usher.testkit.memory;
}
