/** Inputs that are files: crafted and changed captures and sources of imports, and what commands may make of them. */
@NullMarked
package dev.sockreel.campaign.files;

import org.jspecify.annotations.NullMarked;
