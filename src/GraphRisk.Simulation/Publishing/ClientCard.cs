namespace GraphRisk.Simulation.Publishing;

/// <summary>What a broker has on file of a client: a record as good or bad as the clerk who made it.</summary>
public sealed record ClientCard(
    string Name,
    string? FormerName,
    string Kind,
    string? IdType,
    string? IdNumber,
    DateOnly? IdExpires,
    DateOnly? BirthDate,
    string? Sex,
    string? Phone,
    string? Address);
