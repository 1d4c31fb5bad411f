Console.Error.WriteLine("usage: wire | roles");
