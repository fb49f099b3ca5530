using System.Collections.Immutable;
using GraphRisk.Intake.Resolution.Blocking;
using GraphRisk.Intake.Resolution.Records;

namespace GraphRisk.Intake.Resolution.Comparison;

/// <summary>
/// Evidence of one family says the same thing in different words: a former name repeats the name. Of a family the first row that finds
/// something counts, and no other.
/// </summary>
public enum EvidenceFamily
{
    Number,
    MaskedNumber,
    Beginning,
    Name,
    Form,
    Contact,
    Address,
    Region,
    Sex,

    /// <summary>Cannot be true of one party: no match, or, against strong evidence for one, a person decides.</summary>
    Contradiction,
}

/// <summary>What a row means beyond its weight.</summary>
public enum EvidenceMeaning
{
    /// <summary>Nothing.</summary>
    Plain,

    /// <summary>A register gives the number to one party: it is never passed over, and short of a match a person decides.</summary>
    Register,

    /// <summary>A number of the party's own, or most of one, which no family or group shares.</summary>
    OwnNumber,

    /// <summary>What shows of two numbers is not of one.</summary>
    OtherNumber,

    /// <summary>The names are not the same, as those of relatives and of firms of one group are not.</summary>
    OtherName,

    /// <summary>The names have nothing in common.</summary>
    UnlikeName,
}

/// <summary>Whether a value in common weighs more the fewer records have it, and which blocks count them.</summary>
public enum Rarity
{
    /// <summary>It weighs the same whatever it is.</summary>
    Constant,

    /// <summary>By how many records have the name.</summary>
    Name,

    /// <summary>By how many have the telephone number.</summary>
    Phone,

    /// <summary>By how many have the e-mail address.</summary>
    Email,

    /// <summary>By how many have the address.</summary>
    Address,
}

/// <summary>What two records say that bears on the question.</summary>
/// <param name="Left">As the left one has it.</param>
/// <param name="Right">As the right one has it.</param>
public readonly record struct Evidence(string Left, string Right)
{
    public override string ToString() => string.Equals(Left, Right, StringComparison.Ordinal) ? Left : $"{Left} | {Right}";
}

/// <summary>Looks for one kind of evidence; null where there is none. Pure and thread-safe.</summary>
public delegate Evidence? FeatureTest(PartyRecord left, PartyRecord right, SharedValues shared);

/// <summary>A row of the table records are compared by: one level of agreement within its family.</summary>
/// <param name="Name">Name in reasons and in the judge's name.</param>
/// <param name="Family">What it counts with.</param>
/// <param name="OfSame">m before any record is seen: probability of it where the records are of one party and both say something of the family.</param>
/// <param name="OfOthers">u before any record is seen: the same of two parties. Of a value whose rarity counts, only where it is a usual one.</param>
/// <param name="Test">Finds the evidence.</param>
public sealed record Feature(string Name, EvidenceFamily Family, double OfSame, double OfOthers, FeatureTest Test)
{
    /// <summary>What it means beyond its weight.</summary>
    public EvidenceMeaning Meaning { get; init; }

    /// <summary>Families it says already, which then say nothing: a resident identity number holds birth date and sex.</summary>
    public ImmutableArray<EvidenceFamily> Holds { get; init; } = [];

    /// <summary>Whether it weighs by how rare the value is.</summary>
    public Rarity Rarity { get; init; }

    /// <summary>Whether weights were learned before it was there; until they are learned anew it weighs what is believed.</summary>
    public bool CameLater { get; init; }
}
