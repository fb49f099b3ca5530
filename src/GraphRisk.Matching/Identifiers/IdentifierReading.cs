namespace GraphRisk.Matching.Identifiers;

/// <summary>An identifier as read from a record.</summary>
/// <param name="Scheme">Scheme, such as <c>USCC</c>.</param>
/// <param name="Value">Normalised value; two records share the identifier where scheme and value are equal.</param>
/// <param name="Validity">What the scheme's inner rules say.</param>
public sealed record IdentifierReading(string Scheme, string Value, IdentifierValidity Validity)
{
    /// <summary>Good enough that two different ones speak for two different parties.</summary>
    public bool IsExclusive => Validity == IdentifierValidity.Valid && IdentifierSchemes.IsExclusive(Scheme);

    /// <summary>Whether it may tie two records together; a value of the wrong form is no identifier at all.</summary>
    public bool IsUsable => Validity != IdentifierValidity.BadFormat;

    /// <summary>Between the register's country and the number within it.</summary>
    private const char RegisterMark = ':';

    /// <summary>A number that is unique within its register alone, and the register is not known.</summary>
    public bool IsOfUnknownRegister => IdentifierSchemes.IsOfRegister(Scheme) && !Value.Contains(RegisterMark);

    /// <summary>The number under its register, where numbers of the scheme have one; itself otherwise.</summary>
    /// <param name="country">Country of the register; null where it is not known.</param>
    public IdentifierReading In(string? country) =>
        country is { Length: > 0 } && IsOfUnknownRegister ? this with { Value = $"{country}{RegisterMark}{Value}" } : this;

    public override string ToString() => $"{Scheme} {Value}";
}
