#!/bin/sh
# <restore>
vault restore --from copy
# </restore>
