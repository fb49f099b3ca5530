namespace GraphRisk.Disclosure.Scores;

/// <summary>To whom a score is disclosed, from the one who may know most.</summary>
public enum Audience
{
    /// <summary>Supervises the market: everything.</summary>
    Regulator,

    /// <summary>The client itself: all about itself, of others what many make up.</summary>
    Client,

    /// <summary>A broker that the client allowed its facts: all about the client, of others what many make up.</summary>
    Facts,

    /// <summary>A broker that the client allowed its score: score and parts, reasons in words and bands.</summary>
    Score,
}
