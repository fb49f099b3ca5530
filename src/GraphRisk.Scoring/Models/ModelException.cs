namespace GraphRisk.Scoring.Models;

/// <summary>A model cannot be used: its folder is missing or altered, or it reads features this program does not compute.</summary>
public sealed class ModelException : Exception
{
    public ModelException(string message) : base(message)
    {
    }

    public ModelException(string message, Exception inner) : base(message, inner)
    {
    }
}
