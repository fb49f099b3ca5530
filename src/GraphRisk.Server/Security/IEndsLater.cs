namespace GraphRisk.Server.Security;

/// <summary>What a command answers that may go on when its answer has left.</summary>
public interface IEndsLater
{
    /// <summary>Ends with the command: well, or with what it failed with.</summary>
    Task End { get; }
}
