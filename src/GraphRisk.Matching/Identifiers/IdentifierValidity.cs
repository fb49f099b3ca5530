namespace GraphRisk.Matching.Identifiers;

/// <summary>
/// What the inner rules of a scheme say of a value. Only how much the value is worth as evidence depends on it: real
/// registers have issued numbers that fail their own check, so none of these rejects a record.
/// </summary>
public enum IdentifierValidity
{
    /// <summary>Form, parts and check digit are right.</summary>
    Valid,

    /// <summary>The form is right and the scheme, or the old form of the number, has no check digit.</summary>
    Unchecked,

    /// <summary>The form is right, the check digit is not.</summary>
    BadCheckDigit,

    /// <summary>The number contains a day that does not exist or lies outside 1850 to 2100.</summary>
    BadDate,

    /// <summary>The number contains a region that was never assigned.</summary>
    BadRegion,

    /// <summary>Length or characters are not those of the scheme, or the value is a filler such as 11111111.</summary>
    BadFormat,
}
