/// What is measured: servers, each a process of its own, seen from outside.
@NullMarked
package usher.lab.subject;

import org.jspecify.annotations.NullMarked;
