/** Tests of the parts of the services. */
@NullMarked
package dev.carillon.rig.service;

import org.jspecify.annotations.NullMarked;
