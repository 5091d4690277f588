"""Check an Ed25519 signature with whole numbers only (RFC 8032, section 5.1).

For checking what is public; slow, and of no use where a secret is involved.
"""

from __future__ import annotations

import hashlib

FIELD = 2**255 - 19
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, -1, FIELD) % FIELD
ROOT_OF_MINUS_ONE = pow(2, (FIELD - 1) // 4, FIELD)
CurvePoint = tuple[int, int, int]
"""x, y and z: the point (x/z, y/z)."""


def signature_holds(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` (64 bytes) was made over ``message`` with the other half of
    ``public_key`` (32 bytes). False as well for bytes that are no key or no signature."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key, commitment = point_of(public_key), point_of(signature[:32])
    number = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or number >= GROUP_ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    challenge = int.from_bytes(digest, "little") % GROUP_ORDER
    left, right = times(number, base_point()), plus(commitment, times(challenge, key))
    return (left[0] * right[2] - right[0] * left[2]) % FIELD == 0 and (
        left[1] * right[2] - right[1] * left[2]
    ) % FIELD == 0


def base_point() -> CurvePoint:
    """The point from which all are counted: y is four fifths, x even."""
    y = 4 * pow(5, -1, FIELD) % FIELD
    x = x_of(y, 0)
    if x is None:
        raise ArithmeticError("the base point lies on the curve")
    return (x, y, 1)


def point_of(data: bytes) -> CurvePoint | None:
    """The point that 32 bytes stand for, or None where they stand for none."""
    value = int.from_bytes(data, "little")
    y, sign = value & (2**255 - 1), value >> 255
    x = x_of(y, sign) if y < FIELD else None
    return None if x is None else (x, y, 1)


def x_of(y: int, sign: int) -> int | None:
    """The x with that last bit for which (x, y) lies on the curve, if there is one."""
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, FIELD) % FIELD
    x = pow(square, (FIELD + 3) // 8, FIELD)
    if (x * x - square) % FIELD:
        x = x * ROOT_OF_MINUS_ONE % FIELD
    if (x * x - square) % FIELD or (x == 0 and sign):
        return None
    return FIELD - x if x & 1 != sign else x


def plus(left: CurvePoint, right: CurvePoint) -> CurvePoint:
    """The sum of two points (projective twisted Edwards addition, complete)."""
    x1, y1, z1 = left
    x2, y2, z2 = right
    a = z1 * z2 % FIELD
    b, c, d = a * a % FIELD, x1 * x2 % FIELD, y1 * y2 % FIELD
    e = CURVE * c * d % FIELD
    x3 = a * (b - e) * ((x1 + y1) * (x2 + y2) - c - d) % FIELD
    y3 = a * (b + e) * (d + c) % FIELD
    return (x3, y3, (b - e) * (b + e) % FIELD)


def times(number: int, point: CurvePoint) -> CurvePoint:
    """A point counted ``number`` times."""
    result: CurvePoint = (0, 1, 1)
    while number:
        if number & 1:
            result = plus(result, point)
        point, number = plus(point, point), number >> 1
    return result
