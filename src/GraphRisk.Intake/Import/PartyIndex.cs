namespace GraphRisk.Intake.Import;

/// <summary>Types of the parties a file describes, by their ids; sixteen bytes a party.</summary>
public sealed class PartyIndex
{
    /// <summary>Source of FollowTheMoney entities.</summary>
    public const string Ftm = "ftm";

    /// <summary>Source of Open Ownership statements.</summary>
    public const string Bods = "bods";

    private static readonly string[] Types = ["", "Person", "Company"];

    private readonly KeyRegister register = new(int.MaxValue);

    /// <summary>Remembers a party; the first type stays.</summary>
    public void Add(string id, string type) => register.TryAdd(KeyRegister.Hash(id), (ulong)Array.IndexOf(Types, type), out _);

    /// <summary>The node type of a party; null where the file describes none of the id.</summary>
    public string? TypeOf(string id) => register.TryGet(KeyRegister.Hash(id), out var type) ? Types[type] : null;
}
