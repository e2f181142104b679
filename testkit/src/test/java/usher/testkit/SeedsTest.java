package usher.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SeedsTest {
  private @Nullable String outside;

  @BeforeEach
  void forget_the_seed_of_the_build() {
    outside = System.clearProperty(Seeds.PROPERTY);
  }

  @AfterEach
  void restore_it() {
    if (outside == null) {
      System.clearProperty(Seeds.PROPERTY);
    } else {
      System.setProperty(Seeds.PROPERTY, outside);
    }
  }

  @Test
  void each_run_has_a_seed_of_its_own() {
    Set<Long> seeds = new HashSet<>();

    Seeds.each(50, gen -> seeds.add(gen.seed()));

    assertThat(seeds).hasSize(50);
  }

  @Test
  void the_property_makes_one_run_with_that_seed() {
    System.setProperty(Seeds.PROPERTY, " -77 ");
    Set<Long> seeds = new HashSet<>();
    AtomicLong runs = new AtomicLong();

    Seeds.each(
        50,
        gen -> {
          seeds.add(gen.seed());
          runs.incrementAndGet();
        });

    assertThat(seeds).containsExactly(-77L);
    assertThat(runs).hasValue(1);
    assertThat(Seeds.one()).isEqualTo(-77);
  }

  @Test
  void a_failure_names_the_seed_that_brings_it_back() {
    AssertionError cause = new AssertionError("too large");
    AtomicLong number = new AtomicLong();
    AtomicLong seed = new AtomicLong();

    Throwable failure =
        thrown(
            () ->
                Seeds.each(
                    50,
                    gen -> {
                      if (number.incrementAndGet() == 7) {
                        seed.set(gen.seed());
                        throw cause;
                      }
                    }));

    assertThat(number).as("the first failure ends it").hasValue(7);
    assertThat(failure)
        .isInstanceOf(AssertionError.class)
        .hasCause(cause)
        .hasMessage("seed %1$d (again: -Dusher.seed=%1$d): too large", seed.get());
  }

  @Test
  void a_failing_input_comes_back_with_its_seed() {
    Seeds.Check check =
        gen -> {
          int number = gen.between(0, 99);
          if (number >= 50) {
            throw new IOException("at " + number);
          }
        };
    String first = String.valueOf(thrown(() -> Seeds.each(500, check)).getMessage());
    System.setProperty(Seeds.PROPERTY, first.replaceAll("seed (-?\\d+).*", "$1"));

    assertThatThrownBy(() -> Seeds.each(500, check)).hasMessage(first);
  }

  @Test
  void a_property_that_is_no_number_is_named() {
    System.setProperty(Seeds.PROPERTY, "seven");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Seeds.each(1, gen -> {}))
        .withMessageContaining("usher.seed is not a whole number: seven");
  }

  @Test
  void an_empty_property_is_none() {
    System.setProperty(Seeds.PROPERTY, "");
    AtomicLong runs = new AtomicLong();

    Seeds.each(3, gen -> runs.incrementAndGet());

    assertThat(runs).hasValue(3);
  }

  @Test
  void the_machine_s_own_errors_pass_through() {
    OutOfMemoryError error = new OutOfMemoryError("made up");

    assertThatThrownBy(
            () ->
                Seeds.each(
                    1,
                    gen -> {
                      throw error;
                    }))
        .isSameAs(error);
  }

  private static Throwable thrown(Runnable code) {
    try {
      code.run();
    } catch (AssertionError e) {
      return e;
    }
    throw new IllegalStateException("nothing was thrown");
  }
}
