@NullMarked
package usher.lab.recommend;

import org.jspecify.annotations.NullMarked;
