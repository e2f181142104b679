package usher.lab.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import usher.http.HttpHandler;

/// A test that fails where a handler misses an objective:
///
/// ```
/// @Meets(handler = Shop.class, model = "virtual-threads", rate = 2_000, objective = "p99=20ms")
/// void answers_fast(Trial.Outcome outcome) {}
/// ```
///
/// It is measured before the body, which may look at the outcome. What is measured, and how:
/// [usher.lab.trial.Trial].
@Test
@ExtendWith(MeetsExtension.class)
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Meets {
  /// That is served; it has a public constructor without parameters.
  Class<? extends HttpHandler> handler();

  /// Under which it is served.
  String model() default "virtual-threads";

  /// That is asked for.
  String path() default "/";

  /// Requests a second.
  double rate();

  /// What is good enough, such as `p99=20ms`.
  String objective();

  /// That are kept open.
  int connections() default 64;

  /// Seconds that are counted; one before them is not.
  double seconds() default 3;
}
