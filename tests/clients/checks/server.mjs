// Where the server under test is, and who speaks to it. Set by tests/clients/test_clients.py.
export const url = process.env.API_URL;
export const socketUrl = url.replace(/^http/, "ws");
export const token = process.env.API_TOKEN;
export const scene = JSON.parse(process.env.API_SCENE ?? "{}");
export const bearer = { authorization: `Bearer ${token}` };
