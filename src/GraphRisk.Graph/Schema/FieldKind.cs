namespace GraphRisk.Graph.Schema;

/// <summary>The kind of value a field holds.</summary>
public enum FieldKind
{
    /// <summary>Unicode text.</summary>
    String,

    /// <summary>64-bit signed integer.</summary>
    Integer,

    /// <summary>Exact decimal of 28 digits: money, shares, ratios.</summary>
    Decimal,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Calendar day.</summary>
    Date,

    /// <summary>Instant in UTC, to the millisecond.</summary>
    DateTime,

    /// <summary>One of the names an enumeration in the schema lists.</summary>
    Enum,

    /// <summary>List of texts, order kept, without duplicates.</summary>
    StringList,
}

/// <summary>How a value is shown to a viewer who may know that it exists but not what it is.</summary>
public enum MaskKind
{
    None,
    Name,
    Identifier,
    Phone,
    Address,
    Account,
    Date,
    Email,

    /// <summary>Key of a record, which may hold any of the numbers above.</summary>
    Key,

    /// <summary>Prose that may name persons, or where in it they are named.</summary>
    Text,

    /// <summary>Reasons that quote what was compared.</summary>
    Reasons,
}
