namespace GraphRisk.Intake.Text;

/// <summary>A party a text names.</summary>
/// <param name="Name">Name as written.</param>
/// <param name="Shape">Person or company.</param>
/// <param name="Role">Role in which it is named, such as 被告.</param>
/// <param name="Start">First character of the name.</param>
/// <param name="End">Character after the last.</param>
public sealed record TextParty(string Name, NameShape Shape, string Role, int Start, int End);
