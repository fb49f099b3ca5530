namespace GraphRisk.Matching.Names;

/// <summary>What bears a name: decides how it is read.</summary>
public enum NameKind
{
    /// <summary>Not known: read as an organisation's where it has a legal form or the words of one, else as either.</summary>
    Unknown,

    /// <summary>A natural person.</summary>
    Person,

    /// <summary>A company or another organisation.</summary>
    Organisation,

    /// <summary>A thing with a name, as a ship.</summary>
    Thing,
}
