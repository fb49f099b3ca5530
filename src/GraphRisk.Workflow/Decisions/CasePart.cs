using System.Globalization;
using GraphRisk.Matching.Identifiers;

namespace GraphRisk.Workflow.Decisions;

/// <summary>The part in which somebody makes a move.</summary>
public enum CasePart
{
    /// <summary>The client concerned, or who acts for it.</summary>
    Client,

    /// <summary>A person of the broker that decides.</summary>
    Officer,

    /// <summary>A person of the supervisor, in cases that no broker decides.</summary>
    Supervisor,

    /// <summary>The program itself, where a move follows from what is recorded and nobody decides it.</summary>
    Platform,
}

/// <summary>Who makes a move.</summary>
/// <param name="Part">In which part.</param>
/// <param name="Of">Whom the mover stands for: the id of the client or broker; null for a supervisor and the platform.</param>
/// <param name="Person">The person, as its token names it; null where nobody is named, who can then not be told from others.</param>
public sealed record Mover(CasePart Part, string? Of, string? Person)
{
    /// <summary>The program itself.</summary>
    public static Mover Platform { get; } = new(CasePart.Platform, null, null);

    /// <summary>What tells a person from others: the name without its width, case, blanks and what nobody sees, so that one is not two by a slip of the finger or by design.</summary>
    public static string? Told(string? person) =>
        person is null ? null : string.Concat(person.Select(IdentifierText.Narrow).Where(IsSeen).Select(char.ToUpperInvariant));

    private static bool IsSeen(char letter) =>
        !char.IsWhiteSpace(letter) && char.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned);
}

/// <summary>Whose a case is: moves in a part are made by these and nobody else.</summary>
/// <param name="Client">Id of the client concerned.</param>
/// <param name="Broker">Id of the broker that decides; null where the supervisor does.</param>
public sealed record CaseParties(string Client, string? Broker)
{
    /// <summary>Whether somebody acts for whom its part stands.</summary>
    public bool Include(Mover mover) => mover.Part switch
    {
        CasePart.Client => mover.Of == Client,
        CasePart.Officer => Broker is not null && mover.Of == Broker,
        CasePart.Platform => mover.Of is null,
        _ => Broker is null,
    };
}
