namespace GraphRisk.Simulation.Credit;

/// <summary>A client's leave to a broker to learn what the market knows of it.</summary>
/// <param name="Facts">The client's own facts too, not the score alone.</param>
/// <param name="Purposes">Ids of the platform's purposes.</param>
/// <param name="ExpiresOn">Last day in force; null where no end was agreed.</param>
/// <param name="WithdrawnOn">Null unless the client took it back within the history.</param>
/// <param name="Document">Number of the contract that carries it, or title of a letter of its own.</param>
public sealed record GivenAuthorisation(
    ClientRelation Client, bool Facts, IReadOnlyList<string> Purposes, DateOnly GivenOn, DateOnly? ExpiresOn, DateOnly? WithdrawnOn, string Document);
