using GraphRisk.Intake.Resolution.Blocking;
using GraphRisk.Intake.Resolution.Records;

namespace GraphRisk.Intake.Resolution.Comparison;

/// <summary>
/// Evidence of one family says the same thing in different words: an identity number contains the birth date, a former
/// name repeats the name. Only the strongest of a family counts.
/// </summary>
public enum EvidenceFamily
{
    Document,
    Name,
    Contact,
    Place,

    /// <summary>Speaks against a match; every such feature counts.</summary>
    Against,

    /// <summary>Cannot be true of one party: no match, or, against strong evidence for one, a person decides.</summary>
    Contradiction,
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

/// <summary>A row of the table records are compared by.</summary>
/// <param name="Name">Name in reasons and in the judge's name.</param>
/// <param name="Family">What it counts with.</param>
/// <param name="Weight">What it adds to the score; negative against a match; 0 of a contradiction.</param>
/// <param name="Test">Finds the evidence.</param>
public sealed record Feature(string Name, EvidenceFamily Family, decimal Weight, FeatureTest Test);
