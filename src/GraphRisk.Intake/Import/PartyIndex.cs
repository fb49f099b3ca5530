namespace GraphRisk.Intake.Import;

/// <summary>Types of the parties a file describes, by their ids, and the ids of what it describes beside them; sixteen bytes each.</summary>
public sealed class PartyIndex
{
    /// <summary>Source of FollowTheMoney entities.</summary>
    public const string Ftm = "ftm";

    /// <summary>Source of Open Ownership statements.</summary>
    public const string Bods = "bods";

    /// <summary>Node types a party may be of.</summary>
    public static readonly string[] PartyTypes = ["Person", "Company"];

    private readonly KeyRegister register = new(int.MaxValue);

    /// <summary>Remembers a thing of the file; the first type stays.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="type">Its node type; null for what is no party.</param>
    public void Add(string id, string? type) => register.TryAdd(KeyRegister.Hash(id), (ulong)(Array.IndexOf(PartyTypes, type) + 1), out _);

    /// <summary>The node type of a party; null where the file describes no party of the id.</summary>
    public string? TypeOf(string id) => register.TryGet(KeyRegister.Hash(id), out var type) && type > 0 ? PartyTypes[type - 1] : null;

    /// <summary>Whether the file describes something of the id that is no party, such as a house.</summary>
    public bool IsOther(string id) => register.TryGet(KeyRegister.Hash(id), out var type) && type == 0;
}
